"""Kamerwijzer: exact passages from Dutch government texts as answers to questions."""
