"""Sources of works outside this machine."""
