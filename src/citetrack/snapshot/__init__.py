"""The local Crossref: works files, indexed."""
