"""citetrack."""
