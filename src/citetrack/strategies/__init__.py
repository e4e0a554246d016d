"""Named ways to go from a reference to candidates."""
