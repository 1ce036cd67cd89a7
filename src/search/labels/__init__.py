"""Labels: what a passage is about (and, later, whose view it gives)."""

from __future__ import annotations

from search.labels.themes import OfficialTheme, ThemeEstimator, label_themes, official_themes

__all__ = ["OfficialTheme", "ThemeEstimator", "label_themes", "official_themes"]
