"""Kamerwijzer beside what one might use instead: same passages, questions, weights, machine."""
