"""Readers of Markdown and plain text."""
