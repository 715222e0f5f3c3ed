"""One small stylesheet out of many: imports followed, what no page can use dropped, space taken out."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import tinycss2
from tinycss2 import ast

GROUPS = ("media", "supports", "layer", "container")
VARIABLE = re.compile(r"--[\w-]+")


class StyleError(Exception):
    """A stylesheet holds something that this module does not read."""


@dataclass(frozen=True)
class Known:
    """What pages and scripts name: elements, classes, ids, words of scripts, custom properties used elsewhere."""

    tags: frozenset[str]
    classes: frozenset[str]
    ids: frozenset[str]
    words: frozenset[str]
    variables: frozenset[str]


@dataclass
class Rule:
    """A rule, or a group of rules: its head as text, and declarations or rules, one of the two."""

    head: str
    declarations: list[tuple[str, str]] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)

    def __str__(self) -> str:
        inner = (
            "".join(map(str, self.rules))
            if self.rules
            else ";".join(f"{name}:{value}" for name, value in self.declarations)
        )
        return f"{self.head}{{{inner}}}" if inner else ""

    def all(self) -> Iterator[Rule]:
        """This rule and every rule in it."""
        yield self
        for rule in self.rules:
            yield from rule.all()


def _parts(tokens: Iterable[ast.Node]) -> Iterator[list[ast.Node]]:
    """Tokens split at their commas."""
    part: list[ast.Node] = []
    for token in tokens:
        if token == ",":
            yield part
            part = []
        else:
            part.append(token)
    yield part


def may_match(selector: Iterable[ast.Node], known: Known) -> bool:
    """Whether a selector may match an element of a page, now or once a script has run."""
    before = ""
    for token in selector:
        lost = False
        if token.type == "ident" and before == ".":
            lost = token.value not in known.classes | known.words
        elif token.type == "ident" and before != ":":
            lost = token.lower_value not in known.tags | known.words
        elif token.type == "hash":
            lost = token.value not in known.ids | known.words
        elif token.type == "function" and token.lower_name in ("is", "where", "has"):
            lost = not any(may_match(part, known) for part in _parts(token.arguments))
        if lost:
            return False
        before = token.value if token.type == "literal" else ""
    return True


def _address(address: str, base: Path, home: Path) -> str:
    if re.match(r"[a-z]+:|//|#", address):
        return address
    path, rest = re.match(r"([^?#]*)(.*)", address).groups()
    return Path(os.path.relpath(base.parent / path, home)).as_posix() + rest


def _lean(tokens: Iterable[ast.Node], base: Path, home: Path) -> list[ast.Node]:
    """Tokens without comments and with single spaces, addresses turned to be read from the folder `home`."""
    kept = []
    for token in tokens:
        if token.type == "comment":
            continue
        if token.type == "whitespace":
            token.value = " "
        elif token.type == "url":
            token.representation = f'url("{_address(token.value, base, home)}")'.replace("\n", "")
        elif token.type == "function":
            if token.lower_name == "url" and (string := token.arguments[0]).type == "string":
                token.arguments = [string]
                quote = string.representation[0]
                inside = string.representation[1:-1]
                string.representation = f"{quote}{_address(inside, base, home)}{quote}"
            else:
                token.arguments = _lean(token.arguments, base, home)
        elif token.type.endswith("block"):
            token.content = _lean(token.content, base, home)
        kept.append(token)
    return kept


def _text(tokens: Iterable[ast.Node]) -> str:
    return tinycss2.serialize(list(tokens)).strip()


def _selector(tokens: Iterable[ast.Node]) -> str:
    return re.sub(r" ?([>~+]) ?", r"\1", _text(tokens))


def _declarations(content: list[ast.Node], head: str) -> list[tuple[str, str]]:
    found = []
    for node in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if node.type != "declaration":
            raise StyleError(f"{head} holds {node.serialize()[:80]!r}, which is no declaration")
        value = _text(node.value) + ("!important" if node.important else "")
        if not (
            node.name == "transition" and '"' in value
        ):  # the theme quotes a time, and browsers drop it whole
            found.append((node.name, value or " "))
    return found


def _rules(nodes: Iterable[ast.Node], path: Path, home: Path, known: Known) -> Iterator[Rule]:
    for node in nodes:
        if node.type == "error":
            raise StyleError(f"{path.name}: {node.message}")
        if node.type == "qualified-rule":
            prelude = _lean(node.prelude, path, home)
            selectors = [_selector(part) for part in _parts(prelude) if may_match(part, known)]
            if selectors:
                head = ",".join(selectors)
                yield Rule(head, _declarations(_lean(node.content, path, home), head))
        elif node.type == "at-rule":
            name, head = node.lower_at_keyword, f"@{node.at_keyword} {_text(_lean(node.prelude, path, home))}"
            if name == "import":
                address = next(token.value for token in node.prelude if token.type in ("string", "url"))
                imported = (path.parent / address).resolve()
                yield from _rules(_parsed(imported), imported, home, known)
            elif name in GROUPS and node.content is not None:
                inner = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
                yield Rule(head.strip(), rules=list(_rules(inner, path, home, known)))
            elif name == "keyframes":
                yield Rule(head, rules=list(_frames(_lean(node.content, path, home))))
            elif name != "charset":
                yield Rule(head.strip(), _declarations(_lean(node.content, path, home), head))


def _frames(content: list[ast.Node]) -> Iterator[Rule]:
    for node in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        head = _text(node.prelude)
        yield Rule(head, _declarations(node.content, head))


def _parsed(path: Path) -> list[ast.Node]:
    return tinycss2.parse_stylesheet(
        path.read_text(encoding="utf-8"), skip_comments=True, skip_whitespace=True
    )


def _values(rules: Iterable[Rule]) -> Iterator[tuple[str, str]]:
    for rule in rules:
        for inner in rule.all():
            yield from inner.declarations


def _without_unused(rules: list[Rule], known: Known) -> list[Rule]:
    """Rules without the custom properties, fonts and animations that nothing asks for."""
    values: dict[str, list[str]] = {}
    for name, value in _values(rules):
        if name.startswith("--"):
            values.setdefault(name, []).append(value)
    open_ = set(known.variables)
    for name, value in _values(rules):
        if not name.startswith("--"):
            open_ |= set(VARIABLE.findall(value))
    used: set[str] = set()
    while open_:
        used |= open_
        open_ = {
            n for name in open_ for value in values.get(name, ()) for n in VARIABLE.findall(value)
        } - used
    asked = " ".join(
        value
        for name, value in _values(rule for rule in rules if not rule.head.startswith("@font-face"))
        if name in used or not name.startswith("--")
    )
    kept = []
    for rule in rules:
        for inner in rule.all():
            inner.declarations = [
                (n, v) for n, v in inner.declarations if n in used or not n.startswith("--")
            ]
        if rule.head.startswith("@keyframes"):
            if not re.search(rf"(?<![\w-]){re.escape(rule.head.split()[1])}(?![\w-])", asked):
                continue
        elif rule.head == "@font-face":
            family = dict(rule.declarations)["font-family"].strip("\"'")
            if family not in asked.replace("\\", ""):
                continue
        kept.append(rule)
    return kept


def merged(paths: Iterable[Path], home: Path, known: Known) -> str:
    """Stylesheets as one, in order, to be read from the folder `home`. Raises StyleError for what it cannot read."""
    rules = [rule for path in paths for rule in _rules(_parsed(path), path, home, known)]
    return "".join(map(str, _without_unused(rules, known))) + "\n"
