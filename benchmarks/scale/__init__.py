"""Indexes of 100 to 1,000,000 passages on one machine: made of real sentences, built, measured."""
