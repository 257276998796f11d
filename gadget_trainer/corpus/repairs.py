"""Mending many spans at once, as one operation of the journal."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import Connection, select

from gadget_trainer.corpus import schema
from gadget_trainer.corpus.journal import Journal
from gadget_trainer.corpus.outcomes import Outcome
from gadget_trainer.corpus.records import Span
from gadget_trainer.corpus.row_changes import Row, RowChange
from gadget_trainer.corpus.store import Store

_SLICE = 500


@dataclass(frozen=True, slots=True, order=True)
class Move:
    """Other edges for a span: the code points ``start`` to ``end`` (exclusive); where both are the same, none."""

    text_id: int
    span: Span
    start: int
    end: int


class Repairs:
    """Moves the edges of many spans in one step."""

    def __init__(self, store: Store, journal: Journal) -> None:
        self._store = store
        self._journal = journal

    def move_spans(self, moves: Iterable[Move], summary: str) -> Outcome | None:
        """Give spans other edges, and remove those of which nothing is left; None where there is nothing to do.

        A span that is gone is left out. So is one that would meet another one in its new place, because only a person
        can say which of the two is right; where the other one is the same, the span is removed.
        """
        changes: list[RowChange] = []
        with self._store.reading() as connection:
            for part in _slices(sorted(moves)):
                rows = _rows(connection, {one.text_id for one in part})
                for text_id, group in groupby(part, key=lambda one: one.text_id):
                    changes += _changes(rows.get(text_id, {}), group)
        if not changes:
            return None
        return self._journal.record(summary, changes, changes[0].before["text_id"] if changes[0].before else None)


def _slices(moves: Sequence[Move]) -> Iterator[Sequence[Move]]:
    """Parts of ``moves``, none of which ends within a text."""
    start = 0
    while start < len(moves):
        end = min(start + _SLICE, len(moves))
        while end < len(moves) and moves[end].text_id == moves[end - 1].text_id:
            end += 1
        yield moves[start:end]
        start = end


_Rows = dict[Span, list[Row]]


def _rows(connection: Connection, text_ids: set[int]) -> dict[int, _Rows]:
    """The rows of the spans of these texts, by text and by span."""
    found: dict[int, _Rows] = {}
    joined = select(schema.span, schema.label.c.name).join(schema.label)
    for row in connection.execute(joined.where(schema.span.c.text_id.in_(text_ids))).mappings():
        span = Span(row["start"], row["end"], row["name"])
        plain = {column.name: row[column.name] for column in schema.span.columns}
        found.setdefault(row["text_id"], {}).setdefault(span, []).append(plain)
    return found


def _changes(rows: _Rows, moves: Iterable[Move]) -> Iterator[RowChange]:
    """What is done to the spans of one text; ``rows`` follows what is done."""
    for move in moves:
        found = rows.pop(move.span, [])
        moved = Span(move.start, move.end, move.span.label)
        met = [other for other in rows if other.touches(move.start, move.end)]
        if found and (move.start >= move.end or met == [moved]):
            yield from (RowChange("span", row["id"], row, None) for row in found)
        elif found and not met:
            first, *others = found
            new = {**first, "start": move.start, "end": move.end}
            yield RowChange("span", first["id"], first, new)
            yield from (RowChange("span", row["id"], row, None) for row in others)
            rows[moved] = [new]
        elif found:
            rows[move.span] = found
