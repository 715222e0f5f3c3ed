"""What JupyterLab writes when it saves a chapter: the notebook as it is kept, so that a run leaves no difference."""

from __future__ import annotations

from typing import Any

from press.accept import KERNEL


def tidy(model: dict[str, Any], **_: Any) -> None:
    """Take out of a notebook that is about to be saved what tells of the run and not of the chapter."""
    if model["type"] != "notebook":
        return
    notebook = model["content"]
    notebook["metadata"] = {"kernelspec": dict(KERNEL), "language_info": {"name": "python"}}
    for cell in notebook["cells"]:
        for name in ("execution", "trusted"):
            cell["metadata"].pop(name, None)
