"""Numerals in the words of figures: none is typed, every one comes out of an expression over the figure's data.

The functions that say a figure's caption, alt text and description, and the helpers they call in their module, are
read as syntax trees. A string literal may hold a numeral or number word only if it names a column or a value of the
data; what is put into words must rest on the function's arguments, on the record, or on a module that computes from
it. What is neither data nor typed result (how a figure is drawn, a mark that a question sets) is declared below.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cache
from types import ModuleType

import pandas as pd

from asprinted.figures import Figure
from asprinted.record import record
from press.prose import NUMERAL

KEYS = re.compile("|".join(record().rows["texts"]))
WORDS = ("caption", "alt", "description")
INTO_WORDS = frozenset({"str", "format", "repr", "decimal", "words", "interval", "spelled", "times"})
ADDING = frozenset({"append", "add", "extend", "setdefault", "update"})
DECLARED = {  # names of constants that a figure's words may say, and why
    "TWICE": "the mark of the ruler: what “doubled” asks",
    "ACROSS": "how many marks are drawn on a line",
}


def literals(function: ast.FunctionDef) -> Iterator[str]:
    """Every string literal of a function, parts of f-strings included, its docstring left out."""
    doc = function.body[0].value if ast.get_docstring(function) is not None else None
    for node in ast.walk(function):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node is not doc:
            yield node.value


def _names(node: ast.AST) -> set[str]:
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}


def _holder(node: ast.AST) -> ast.AST:
    """What a chain of attributes, calls and subscripts begins with: `found` of `found.setdefault(x, []).append`."""
    while isinstance(node, ast.Attribute | ast.Call | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node


def _bindings(function: ast.FunctionDef) -> Iterator[tuple[ast.AST, ast.AST]]:
    """What is bound within a function, or added to, with the expression that it is bound to."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            yield from ((target, node.value) for target in node.targets)
        elif isinstance(node, ast.AnnAssign | ast.AugAssign | ast.NamedExpr) and node.value:
            yield node.target, node.value
        elif isinstance(node, ast.For | ast.comprehension):
            yield node.target, node.iter
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ADDING:
            yield from ((_holder(node.func), value) for value in node.args)


def rooted(function: ast.FunctionDef, outside: Iterable[str]) -> set[str]:
    """The names within a function that rest on its arguments or on names outside it that do not stand for a typed value."""
    arguments = function.args
    found = {a.arg for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)} | set(outside)
    while True:
        more = {
            name for target, value in _bindings(function) if _names(value) & found for name in _names(target)
        }
        if more <= found:
            return found
        found |= more


def _said(function: ast.FunctionDef) -> Iterator[ast.AST]:
    """Every expression that a function puts into words, the branches of a condition one by one."""
    for node in ast.walk(function):
        if isinstance(node, ast.FormattedValue):
            heads = [node.value]
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in INTO_WORDS
            and node.args
        ):
            heads = [node.args[0]]
        else:
            continue
        while heads:
            head = heads.pop()
            if isinstance(head, ast.IfExp):
                heads += [head.body, head.orelse]
            else:
                yield head


def _numbers(
    function: ast.FunctionDef, node: ast.AST, known: set[str], module_numbers: Iterable[str]
) -> bool:
    """Whether a number or numeral stands in an expression, or in what its names are bound to; data and indices aside."""
    ahead, seen = [node], set()
    while ahead:
        here = ahead.pop()
        if isinstance(here, ast.Constant):
            if isinstance(here.value, bool) or here.value in known:
                continue
            if isinstance(here.value, int | float) or NUMERAL.search(str(here.value)):
                return True
        elif isinstance(here, ast.Name) and here.id not in seen:
            seen.add(here.id)
            if here.id in module_numbers:
                return True
            ahead += [value for target, value in _bindings(function) if here.id in _names(target)]
        elif isinstance(here, ast.Subscript):
            ahead.append(here.value)
        else:
            ahead += ast.iter_child_nodes(here)
    return False


def typed(
    function: ast.FunctionDef, known: set[str], outside: Iterable[str], module_numbers: Iterable[str] = ()
) -> list[str]:
    """What a function types: numerals in literals that name no column or value of the data, and numbers that rest on none.

    `known` holds the columns and values, `outside` the names of the module that stand for data, `module_numbers` those
    that stand for a typed number.
    """
    grounds = rooted(function, outside)
    found = [
        f"{function.name} types {number!r} in {text!r}"
        for text in literals(function)
        if text not in known
        for number in NUMERAL.findall(KEYS.sub("", text))
    ]
    found += [
        f"{function.name} says {ast.unparse(node)!r}, which rests on no data"
        for node in _said(function)
        if not _names(node) & grounds and _numbers(function, node, known, module_numbers)
    ]
    return found


@cache
def _functions(module: ModuleType) -> dict[str, ast.FunctionDef]:
    tree = ast.parse(inspect.getsource(module))
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


def reached(functions: dict[str, ast.FunctionDef], start: str) -> list[ast.FunctionDef]:
    """A function and the helpers of its module that it calls, directly or through others."""
    found = {start: functions[start]}
    ahead = [start]
    while ahead:
        for name in _names(functions[ahead.pop()]) & set(functions):
            if name not in found:
                found[name] = functions[name]
                ahead.append(name)
    return list(found.values())


def grounds(module: ModuleType) -> set[str]:
    """Names of a module that may stand behind words: modules, functions of its own and of the record, collections."""
    helpers = INTO_WORDS | {"Fraction", "listed", "capital"}
    return {
        name
        for name, value in vars(module).items()
        if name in DECLARED
        or (
            name not in helpers
            and (isinstance(value, ModuleType | tuple | dict | frozenset) or inspect.isfunction(value))
        )
    }


def module_numbers(module: ModuleType) -> set[str]:
    """Names of a module that stand for one number or a text with a numeral, and are not declared."""
    return {
        name
        for name, value in vars(module).items()
        if name not in DECLARED
        and not isinstance(value, bool)
        and (isinstance(value, int | float | Fraction) or (isinstance(value, str) and NUMERAL.search(value)))
    }


def known(data: pd.DataFrame) -> set[str]:
    """Columns of a figure's data and all texts that stand in it."""
    return {*map(str, data.columns), *(str(v) for name in data for v in data[name].unique())}


def faults(entry: Figure) -> list[str]:
    """Every numeral that the words of a figure type."""
    names = known(entry.data())
    found: list[str] = []
    for part in WORDS:
        function = getattr(entry, part)
        module = inspect.getmodule(function)
        for node in reached(_functions(module), function.__name__):
            found += (
                f"{entry.id}: {fault}"
                for fault in typed(node, names, grounds(module), module_numbers(module))
            )
    return list(dict.fromkeys(found))
