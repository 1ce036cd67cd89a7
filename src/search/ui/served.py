"""The settings of this server process, which all its sessions share.

Streamlit runs the pages as scripts in threads of its own, to which nothing can be passed; so what
`serve` was called with is kept in this module.
"""

from __future__ import annotations

from dataclasses import dataclass

from search.settings import Settings

__all__ = ["app_settings", "serve_with"]


@dataclass(slots=True)
class _Served:
    settings: Settings | None = None


_SERVED = _Served()


def serve_with(settings: Settings) -> None:
    """Let the pages of this process work with these settings."""
    _SERVED.settings = settings


def app_settings() -> Settings:
    """Return the settings of the app.

    They are those that it was started with; under `streamlit run app.py` those of the environment
    and the settings file, read once. Raises UsageError for one that can't be used.
    """
    if _SERVED.settings is None:
        _SERVED.settings = Settings.read()
    return _SERVED.settings
