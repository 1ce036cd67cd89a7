"""Readers of Word and OpenDocument files."""
