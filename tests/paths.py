"""Where the tests find what they read."""

from pathlib import Path

__all__ = ["CORPUS", "ROOT", "SHARED"]

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "corpus"
SHARED = ROOT.parent / "shared"
"""Development sets and real documents, which are not part of the project: tests that read them
skip where they are missing."""
