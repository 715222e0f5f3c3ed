"""Hatching drawn out as lines: a printing browser turns an SVG pattern into pixels, lines it keeps."""

from __future__ import annotations

import copy
import re
import xml.etree.ElementTree as ET
from math import ceil, floor

SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"
FILL = re.compile(r"fill:\s*url\(#([^)]+)\)")
OPACITY = re.compile(r"(?<![\w-])opacity:\s*[\d.]+;?")
NUMBER = re.compile(r"-?\d+\.?\d*(?:e-?\d+)?")


def _tiles(path: ET.Element, width: float, height: float) -> list[tuple[float, float]]:
    """The corners of the tiles that cover a path of absolute coordinates."""
    numbers = [float(number) for number in NUMBER.findall(path.get("d", ""))]
    across, down = numbers[::2], numbers[1::2]
    return [
        (column * width, row * height)
        for column in range(floor(min(across) / width), ceil(max(across) / width))
        for row in range(floor(min(down) / height), ceil(max(down) / height))
    ]


def _drawn_out(path: ET.Element, pattern: ET.Element, tile: str, clip: str) -> ET.Element:
    """A hatched path as a group: its shape filled with tiles, then its outline."""
    style = path.get("style", "")
    group = ET.Element(f"{SVG}g")
    if faint := OPACITY.search(style):
        group.set("style", faint[0])
    if outer := path.attrib.pop("clip-path", None):
        group.set("clip-path", outer)
    shape = ET.SubElement(ET.SubElement(group, f"{SVG}clipPath", id=clip), f"{SVG}path", d=path.get("d", ""))
    shape.tail = None
    filled = ET.SubElement(group, f"{SVG}g", {"clip-path": f"url(#{clip})"})
    for x, y in _tiles(path, float(pattern.get("width", "72")), float(pattern.get("height", "72"))):
        ET.SubElement(filled, f"{SVG}use", {LINK: f"#{tile}", "transform": f"translate({x:g} {y:g})"})
    path.set("style", OPACITY.sub("", FILL.sub("fill: none", style)))
    group.append(path)
    return group


def drawn_out(svg: str) -> str:
    """An SVG with every hatched path filled with lines of its own; any other SVG as it is."""
    if "<pattern" not in svg:
        return svg
    root = ET.fromstring(svg)
    patterns = {pattern.get("id", ""): pattern for pattern in root.iter(f"{SVG}pattern")}
    parents = {child: parent for parent in root.iter() for child in parent}
    for name, pattern in patterns.items():
        tile = ET.SubElement(ET.SubElement(root, f"{SVG}defs"), f"{SVG}g", id=f"{name}-tile")
        tile.extend(copy.deepcopy(list(pattern)))
    for number, path in enumerate(list(root.iter(f"{SVG}path"))):
        name = FILL.search(path.get("style", ""))
        if name and name[1] in patterns:
            parent = parents[path]
            place = list(parent).index(path)
            parent.remove(path)
            tail, path.tail = path.tail, None
            group = _drawn_out(path, patterns[name[1]], f"{name[1]}-tile", f"hatched-{number}")
            group.tail = tail
            parent.insert(place, group)
    for pattern in patterns.values():
        parents[pattern].remove(pattern)
    return ET.tostring(root, encoding="unicode")
