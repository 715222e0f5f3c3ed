"""The measurements: time as ratios to a floor, peak memory, weight of a page, how soon a page shows.

    python -m press.bench

The floor is what no notebook can do without: starting a kernel and importing pandas, seaborn and statsmodels, once
a notebook, spread over the cores in use.
"""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
import psutil
from nbclient import NotebookClient

from asprinted import figures, ledger
from asprinted.book import ROOT
from asprinted.record import record
from press import paint, publish
from press.weight import weights

WORKERS = 2
RUNS = 3
EXPORT = 2.0  # seconds that a figure may take
IMPORTS = "import pandas, seaborn, statsmodels.api"
NOTEBOOKS = sorted((ROOT / "chapters").glob("*.ipynb"))


def seconds(action: Callable[[], object], runs: int = RUNS) -> float:
    """Median wall time of an action, in seconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def floor() -> float:
    """Kernel start and imports, once a notebook, over the workers; in seconds."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(IMPORTS)])
    return (
        seconds(lambda: NotebookClient(notebook, kernel_name="python3").execute(stderr=subprocess.DEVNULL))
        * len(NOTEBOOKS)
        / WORKERS
    )


def peak_memory(action: Callable[[], object]) -> float:
    """The most memory that this process and all it started held together while an action ran, in MiB."""
    done, held = threading.Event(), [0]

    def watch() -> None:
        while not done.wait(0.05):
            now = 0
            for process in [psutil.Process(), *psutil.Process().children(recursive=True)]:
                with contextlib.suppress(psutil.Error):
                    now += process.memory_info().rss
            held.append(now)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        action()
    finally:
        done.set()
        watcher.join()
    return max(held) / 2**20


def sensitivity(claims: int) -> float:
    """Seconds to judge a number of claims at every width of the ledger's sensitivity; claims are repeated to make it up."""
    every = list(record().rows["claims"])
    chosen = [every[i % len(every)] for i in range(claims)]
    return seconds(lambda: list(ledger.headlines(chosen, ledger.WIDTHS, WORKERS)), runs=1)


def exports(folder: Path) -> dict[str, float]:
    """Seconds to write all files of each figure."""
    return {i: seconds(lambda i=i: figures.export(i, folder), runs=1) for i in figures.FIGURES}


def notebooks() -> None:
    """The strict check, as `make notebooks` runs it."""
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "press.strict",
            "--nbval",
            "-n",
            str(WORKERS),
            "--dist",
            "loadscope",
            "-q",
            "-o",
            "addopts=",
            "chapters",
        ],
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def build(folder: Path) -> None:
    """The HTML build from stored outputs."""
    publish.stage(folder / "stage")
    publish.build(folder / "stage", folder / "site")
    publish.finish(folder / "site")


def main() -> int:
    """Command line: print the table."""
    logging.getLogger("fontTools").setLevel(logging.WARNING)  # it tells of every font that it cuts to size
    base = floor()
    strict = seconds(notebooks)
    folder = Path(tempfile.mkdtemp())
    try:
        html = seconds(lambda: build(folder))
        found = weights(folder / "site")
        pages = len(found)
        paint.report(folder / "site", folder)
        carried = paint.weighed(folder / "site")
        files = exports(folder / "figures")
    finally:
        shutil.rmtree(folder)
    peak = peak_memory(notebooks)
    raw, packed = (statistics.median(column) / 1024 for column in zip(*found.values(), strict=True))
    print(f"cores in use                    {WORKERS} of {os.cpu_count()}")
    print(f"notebooks                       {len(NOTEBOOKS)}")
    print(f"floor                           {base:8.2f} s")
    print(
        f"make notebooks                  {strict:8.2f} s   {strict / base:5.2f} of the floor (goal: at most 1.50)"
    )
    print(f"HTML build                      {html:8.2f} s   {html / base:5.2f} of the floor")
    print(f"HTML build, a page              {html / pages:8.2f} s   (goal: at most 1.00), {pages} pages")
    print(f"peak memory, all processes      {peak:8.0f} MiB")
    slow = ", ".join(f"{name} {took:.2f} s" for name, took in files.items() if took > EXPORT)
    print(
        f"export, a figure                {statistics.median(files.values()):8.2f} s   (goal: each at most {EXPORT:.2f}), "
        f"{len(files)} figures; slower than that: {slow or 'none'}"
    )
    for claims in (100, 300, 1000):
        print(
            f"sensitivity, {claims:>5} claims       {sensitivity(claims):8.2f} s   at {len(ledger.WIDTHS)} widths"
        )
    print(
        f"median page with what it loads  {raw:8.0f} KiB raw, {packed:.0f} KiB compressed (goal: 1024 and 300)"
    )
    print(
        f"median page in a browser        {statistics.median(carried.values()):8.0f} KiB over the line; the heaviest "
        f"{max(carried, key=carried.get)} with {max(carried.values()):.0f} KiB"
    )
    for name, (size, small) in found.items():
        print(f"  {name:<30}{size / 1024:8.0f} KiB raw, {small / 1024:.0f} KiB compressed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
