"""Readers of XML and HTML."""
