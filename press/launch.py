"""The launch button of a chapter, once the book's repository has a public address."""

from __future__ import annotations

from typing import Any

from asprinted.book import book

BINDER = "https://mybinder.org"


def options() -> dict[str, Any]:
    """What the theme is told of the repository and of Binder; empty while `CITATION.cff` names no `repository-code`."""
    if not book().repository:
        return {}
    return {
        "repository_url": book().repository,
        "repository_branch": "HEAD",
        "path_to_docs": "chapters",
        "launch_buttons": {"binderhub_url": BINDER, "notebook_interface": "jupyterlab"},
    }
