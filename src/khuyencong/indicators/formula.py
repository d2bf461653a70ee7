"""Formulas over indicators: names, numbers, + - * / and brackets. Read once, worked out many times."""

import ast
import operator
from collections.abc import Callable
from decimal import Decimal
from functools import cache

Number = int | Decimal | None
_OPERATORS: dict[type[ast.operator], Callable[[int | Decimal, int | Decimal], int | Decimal]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
}  # fmt: skip


class FormulaError(ValueError):
    """What was written is no formula; the message is the part that was not understood."""


def names(formula: str) -> tuple[str, ...]:
    """The codes that a formula is over, in the order written, each once. Raises FormulaError."""
    found = (node for node in ast.walk(_read(formula)) if isinstance(node, ast.Name))
    in_order = sorted(found, key=lambda node: (node.lineno, node.col_offset))
    return tuple(dict.fromkeys(node.id for node in in_order))


def value(formula: str, of: Callable[[str], Number]) -> Number:
    """The formula with each code's value in its place. Nothing comes of nothing, and of a division by zero.

    A single name keeps its own type, so that counts and VND stay whole numbers.
    """
    return _worked_out(_read(formula), of)


@cache
def _read(formula: str) -> ast.expr:
    try:
        tree = ast.parse(formula, mode="eval").body
    except SyntaxError as error:
        raise FormulaError(formula) from error
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Load | ast.operator | ast.USub):
            continue
        if isinstance(node, ast.Constant) and type(node.value) is int:
            continue
        if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
            continue
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            continue
        raise FormulaError(ast.unparse(node) if isinstance(node, ast.expr) else formula)
    return tree


def _worked_out(node: ast.expr, of: Callable[[str], Number]) -> Number:
    if isinstance(node, ast.Name):
        return of(node.id)
    if isinstance(node, ast.Constant) and isinstance(node.value, int):
        return node.value
    if isinstance(node, ast.UnaryOp):
        inner = _worked_out(node.operand, of)
        return None if inner is None else -inner
    if not isinstance(node, ast.BinOp):
        raise FormulaError(ast.unparse(node))
    left, right = _worked_out(node.left, of), _worked_out(node.right, of)
    if left is None or right is None:
        return None
    if isinstance(node.op, ast.Div):
        return None if right == 0 else Decimal(left) / Decimal(right)
    return _OPERATORS[type(node.op)](left, right)
