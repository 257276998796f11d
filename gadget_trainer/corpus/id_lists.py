"""Conditions on thousands of ids in one parameter: SQLAlchemy writes a statement anew for every number of them."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, func, select

from gadget_trainer.corpus.json_text import to_text


def is_among(column: ColumnElement[int], ids: Iterable[int]) -> ColumnElement[bool]:
    """Holds for the rows whose ``column`` is one of ``ids``."""
    return column.in_(select(func.json_each(to_text(list(ids))).table_valued("value").c.value))
