"""The question which texts are wanted, and in which order, as SQL."""

from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, case, exists, func, or_, select

from gadget_trainer.corpus import schema
from gadget_trainer.corpus.records import TextState
from gadget_trainer.corpus.text_filter import TextFilter, TextOrder

_DIGITS = "0123456789"


def matching(which: TextFilter, order: TextOrder = TextOrder.PLACE, *, descending: bool = False) -> Select[tuple[int]]:
    """Selects the ids of the texts that are wanted, in order, whatever their words."""
    query = select(schema.text.c.id).where(*_conditions(which))
    key = _sort_key(order)
    return query.order_by(key.desc() if descending else key, schema.text.c.id)


def file_of(column: ColumnElement[str]) -> ColumnElement[str]:
    """The file of a source such as ``posts.jsonl:12``; its digits may be a part of the file's name where no : is."""
    without_number = func.rtrim(column, _DIGITS)
    numbered = and_(without_number != column, func.substr(without_number, -1) == ":")
    return case((numbered, func.substr(without_number, 1, func.length(without_number) - 1)), else_=column)


def _conditions(which: TextFilter) -> list[ColumnElement[bool]]:
    table = schema.text
    asked = (
        (which.state is not None, table.c.state == which.state),
        (which.flagged is not None, table.c.flagged.is_(which.flagged)),
        (bool(which.with_label), exists().where(_is_in_text(schema.span, which.with_label))),
        (bool(which.without_label), ~exists().where(_is_in_text(schema.span, which.without_label))),
        (bool(which.unsettled_label), _is_unsettled(which.unsettled_label)),
        (bool(which.with_category), exists().where(_has_category(which.with_category))),
        (bool(which.undecided_category), _is_undecided(which.undecided_category)),
        (which.categorised is not None, exists().where(_has_category()).is_(which.categorised)),
        (bool(which.source), file_of(table.c.source) == which.source),
        (which.noted is not None, (table.c.note != "").is_(which.noted)),
        (which.refused is not None, exists().where(_is_in_text(schema.refusal)).is_(which.refused)),
        (which.shortest is not None, func.code_points(table.c.content) >= (which.shortest or 0)),
        (which.longest is not None, func.code_points(table.c.content) <= (which.longest or 0)),
    )
    return [condition for is_asked, condition in asked if is_asked]


def _is_in_text(table: Table, label: str = "") -> ColumnElement[bool]:
    """Holds for the rows of ``table`` (of a label) that belong to the text that is asked about."""
    of_text = table.c.text_id == schema.text.c.id
    # The sum keeps SQLite from going through all spans of the label for each text: a text has fewer.
    return and_(of_text, table.c.label_id + 0 == _id_of(label)) if label else of_text


def _has_category(name: str = "") -> ColumnElement[bool]:
    """Holds for the categories (of that name) that the text that is asked about has."""
    chosen, category = schema.text_category, schema.category
    of_text = chosen.c.text_id == schema.text.c.id
    wanted = select(category.c.id).where(category.c.name == name).scalar_subquery()
    return and_(of_text, chosen.c.category_id + 0 == wanted) if name else of_text


def _is_unsettled(label: str) -> ColumnElement[bool]:
    table = schema.text
    return and_(
        table.c.state == TextState.DONE, or_(table.c.done_through.is_(None), table.c.done_through < _id_of(label))
    )


def _is_undecided(category: str) -> ColumnElement[bool]:
    """Holds for the texts that were done before the category existed, and don't have it."""
    table = schema.text
    its_id = select(schema.category.c.id).where(schema.category.c.name == category).scalar_subquery()
    older = func.coalesce(table.c.decided_through, 0) < its_id
    return and_(table.c.state == TextState.DONE, older, ~exists().where(_has_category(category)))


def _id_of(label: str) -> Any:
    return select(schema.label.c.id).where(schema.label.c.name == label).scalar_subquery()


def _sort_key(order: TextOrder) -> ColumnElement[Any]:
    table = schema.text
    spans = select(func.count()).where(schema.span.c.text_id == table.c.id).scalar_subquery()
    match order:
        case TextOrder.PLACE | TextOrder.RANK:  # the ranks are not in the file
            return table.c.id
        case TextOrder.STATE:
            begun = case((exists().where(_is_in_text(schema.span)), 1), else_=0)
            return case((table.c.state == TextState.DONE, 2), (table.c.state == TextState.SKIPPED, 3), else_=begun)
        case TextOrder.SPANS:
            return spans
        case TextOrder.LENGTH:
            return func.code_points(table.c.content)
        case TextOrder.SOURCE:
            # Within a file they stand in the project's order, which is the file's: line 9 comes before line 10.
            return file_of(table.c.source)
