"""The commands of `citetrack snapshot`."""
