"""Texts as they are read from a project, with all that is known of them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, func, select

from gadget_trainer.corpus import schema
from gadget_trainer.corpus.categories import all_categories, names_by_text
from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.corpus.unfinished import later_labels


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a text is; see :class:`AnnotatedText`."""

    state: TextState
    flagged: bool
    complete: bool
    undecided: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    """Labels that came after the text was done, used or not, in the person's order."""


def standing(connection: Connection, text_id: int) -> Standing | None:
    """How far the text is, without reading it; None where there is none of that id."""
    table = schema.text
    columns = (table.c.state, table.c.flagged, table.c.done_through, table.c.decided_through)
    row = connection.execute(select(*columns).where(table.c.id == text_id)).one_or_none()
    if row is None:
        return None
    state = TextState(row.state)
    complete = _is_complete(state, row.done_through, _newest_used_label(connection))
    chosen = names_by_text(connection, [text_id]).get(text_id, ())
    undecided = _undecided(all_categories(connection), state, row.decided_through, chosen)
    later = later_labels(connection, _done_through([row]))
    return Standing(state, row.flagged, complete, undecided, _missing(row, later))


def missing_of(
    connection: Connection, rows: Sequence[Any], chosen: Mapping[int, tuple[str, ...]]
) -> dict[int, tuple[str, ...]]:
    """The labels and categories that came after texts were done, by their ids; none of texts that are not done.

    ``rows`` have the texts' ``id``, ``state``, ``done_through`` and ``decided_through``, ``chosen`` their categories.
    """
    later, known = later_labels(connection, _done_through(rows)), all_categories(connection)
    found: dict[int, tuple[str, ...]] = {}
    for row in rows:
        undecided = _undecided(known, TextState(row.state), row.decided_through, chosen.get(row.id, ()))
        found[row.id] = _missing(row, later) + undecided
    return found


def _done_through(rows: Iterable[Any]) -> set[int]:
    """What those of the texts that are done are done through."""
    return {row.done_through or 0 for row in rows if row.state == TextState.DONE}


def _missing(row: Any, later: Mapping[int, tuple[str, ...]]) -> tuple[str, ...]:
    return later[row.done_through or 0] if row.state == TextState.DONE else ()


def annotated(connection: Connection, text_ids: Sequence[int]) -> Iterator[AnnotatedText]:
    """The texts of these ids with their spans, in the project's order."""
    newest_label = _newest_used_label(connection)
    spans, refused = (spans_of(connection, table, text_ids) for table in (schema.span, schema.refusal))
    categories, known = names_by_text(connection, text_ids), all_categories(connection)
    texts = select(schema.text).where(schema.text.c.id.in_(text_ids)).order_by(schema.text.c.id)
    for row in connection.execute(texts).mappings():
        marked = tuple(spans.get(row["id"], ()))
        # What is marked again in spite of a refusal is no longer refused, and is again once the mark is gone.
        still = tuple(span for span in refused.get(row["id"], ()) if span not in marked)
        yield _text(row, marked, still, categories.get(row["id"], ()), newest_label, known)


def spans_of(connection: Connection, table: Table, text_ids: Sequence[int]) -> dict[int, list[Span]]:
    """The spans or refusals (which ``table`` says) of these texts by their ids, in order."""
    found: dict[int, list[Span]] = {}
    columns = (table.c.text_id, table.c.start, table.c.end, schema.label.c.name)
    query = select(*columns).select_from(table.join(schema.label)).where(table.c.text_id.in_(text_ids))
    rows = connection.execute(query.order_by(table.c.text_id, table.c.start)).all()
    for text_id, its in groupby(rows, itemgetter(0)):
        found[text_id] = [Span(start, end, name) for _text_id, start, end, name in its]
    return found


def _newest_used_label(connection: Connection) -> int:
    """The label that a text must know to be complete; one that no span has yet is not trained."""
    return connection.scalar(select(func.max(schema.span.c.label_id))) or 0


def _text(
    row: RowMapping,
    spans: tuple[Span, ...],
    refused: tuple[Span, ...],
    categories: tuple[str, ...],
    newest_label: int,
    known: Mapping[int, str],
) -> AnnotatedText:
    state = TextState(row["state"])
    return AnnotatedText(
        text=row["content"],
        spans=spans,
        refused=refused,
        state=state,
        id=row["id"],
        flagged=row["flagged"],
        source=row["source"],
        meta=row["meta"],
        note=row["note"],
        complete=_is_complete(state, row["done_through"], newest_label),
        categories=categories,
        undecided=_undecided(known, state, row["decided_through"], categories),
    )


def _is_complete(state: TextState, done_through: int | None, newest_label: int) -> bool:
    return state is TextState.DONE and (done_through or 0) >= newest_label


def _undecided(
    known: Mapping[int, str], state: TextState, decided_through: int | None, chosen: Collection[str]
) -> tuple[str, ...]:
    """Of the project's categories those that came after a text was done, but for the ones that it has."""
    if state is not TextState.DONE:
        return ()
    return tuple(name for one, name in known.items() if one > (decided_through or 0) and name not in chosen)
