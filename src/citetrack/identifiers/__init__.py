"""Identifiers in text, pages and addresses."""
