"""Lists out of Python files, such as ``TRAIN_DATA = [...]``, without running a line of them."""

import ast
import warnings
from collections.abc import Iterator

from gadget_trainer.errors import UserError

LONGEST = 20_000_000
"""Code points that are read: Python's parser takes some fifty times a file's size in memory."""

_FAILURES = (SyntaxError, ValueError, TypeError, MemoryError, RecursionError)


def literal_items(text: str, name: str) -> Iterator[object]:
    """Yield the elements of the first list or tuple that the file assigns or consists of, one of lists before others.

    Raises:
        UserError: there is none, or it is not made of literals; the line is named.
    """
    for node in _elements(text, name):
        try:
            item = ast.literal_eval(node)
        except _FAILURES as error:
            raise UserError(
                f"{name}:{node.lineno} is not a plain list, text or number. Mend the file, and import it again."
            ) from error
        yield item


def is_python(text: str) -> bool:
    """Whether the text can be parsed as Python."""
    try:
        _module(text)
    except _FAILURES:
        return False
    return True


def _elements(text: str, name: str) -> list[ast.expr]:
    if len(text) > LONGEST:
        raise UserError(f"{name} is too long to be read as Python. Save its list as JSON, and import that.")
    try:
        module = _module(text)
    except _FAILURES as error:
        line = getattr(error, "lineno", None) or 1
        raise UserError(
            f"{name}:{line} is neither JSON nor a Python list. Mend the file, and import it again."
        ) from error
    assigned = (one.value for one in module.body if isinstance(one, ast.Assign | ast.AnnAssign | ast.Expr))
    lists = [one.elts for one in assigned if isinstance(one, ast.List | ast.Tuple)]
    if not lists:
        raise UserError(f"{name} holds no list of texts. Choose another file.")
    return next((one for one in lists if one and isinstance(one[0], ast.List | ast.Tuple)), lists[0])


def _module(text: str) -> ast.Module:
    if len(text) > LONGEST:
        raise ValueError("too long")
    with warnings.catch_warnings():
        # An invalid escape in somebody's text is not a warning for our user.
        warnings.simplefilter("ignore")
        return ast.parse(text)
