"""What a person can change about texts beside their spans: the words, a note; and texts can be deleted."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Table, func, select

from gadget_trainer.corpus import bulk, schema
from gadget_trainer.corpus.anchoring import Anchoring
from gadget_trainer.corpus.id_lists import is_among
from gadget_trainer.corpus.journal import Journal
from gadget_trainer.corpus.outcomes import EditSteps, Outcome, outcome_of
from gadget_trainer.corpus.row_changes import Row, RowChange
from gadget_trainer.corpus.sound_text import check_sound
from gadget_trainer.corpus.store import Store
from gadget_trainer.errors import UserError

_SLICE = 2_000
"""Texts that one statement names."""


@dataclass(frozen=True, slots=True)
class Rewording:
    """What a change of a text's words would do to its spans."""

    kept: int
    """Spans that stay on their words."""
    lost: tuple[str, ...]
    """The surfaces of the spans of which too little is left."""


class TextEdits:
    """Edits of texts. Each returns what it did, or None where there was nothing to do."""

    def __init__(self, store: Store, journal: Journal) -> None:
        self._store = store
        self._journal = journal

    def set_note(self, text_id: int, note: str) -> Outcome | None:
        """Write something down about a text; an empty note takes it away. Raises UserError where it can't be kept."""
        note = note.strip()
        check_sound("The note", note)
        with self._store.reading() as connection:
            old = _row(connection, text_id, "note")
        if old["note"] == note:
            return None
        summary = "Changed the note" if note else "Removed the note"
        return self._journal.record(summary, [RowChange("text", text_id, old, {**old, "note": note})], text_id)

    def remove_spans(self, text_id: int) -> Outcome | None:
        """Remove all spans of a text, in one operation."""
        table = schema.span
        with self._store.writing() as connection:
            count = connection.scalar(select(func.count()).where(table.c.text_id == text_id)) or 0
            if not count:
                return None
            noun = "span" if count == 1 else "spans"
            operation_id = self._journal.begin(connection, f"Removed {count:,} {noun} from a text", text_id)
            for _share in bulk.deletion(connection, operation_id, table, table.c.text_id == text_id):
                pass  # a text has few
            return self._journal.outcome(connection, operation_id)

    def rewording(self, text_id: int, words: str) -> Rewording:
        """What :meth:`reword` would do to the text's spans."""
        with self._store.reading() as connection:
            before = _row(connection, text_id, "content")["content"]
            spans = [(row["start"], row["end"]) for row in _marked(connection, schema.span, text_id)]
        places = Anchoring(before, words).places(spans)
        lost = [before[start:end] for (start, end), place in zip(spans, places, strict=True) if place is None]
        return Rewording(len(spans) - len(lost), tuple(lost))

    def reword(self, text_id: int, words: str) -> Outcome | None:
        """Give a text other words. Spans stay on theirs; one of which little is left goes with it (see anchoring.py).

        Raises UserError where nothing is left of the text, or where it can't be kept.
        """
        if not words.strip():
            raise UserError("A text can't be empty. Delete it instead, or skip it.")
        check_sound("The text", words)
        with self._store.reading() as connection:
            old = _row(connection, text_id, "content")
            if old["content"] == words:
                return None
            changes = list(_moves(connection, text_id, old["content"], words))
        changes.append(RowChange("text", text_id, old, {**old, "content": words}))
        return self._journal.record("Changed the words of a text", changes, text_id)

    def delete(self, text_ids: Sequence[int]) -> Outcome | None:
        """Remove texts with all that belongs to them."""
        return outcome_of(self.delete_steps(text_ids))

    def delete_steps(self, text_ids: Sequence[int]) -> EditSteps:
        """The same, a part at a time."""
        in_order = sorted(text_ids)
        slices = [in_order[at : at + _SLICE] for at in range(0, len(in_order), _SLICE)]
        column = schema.text.c.id
        with self._store.writing() as connection:
            counts = [connection.scalar(select(func.count()).where(is_among(column, part))) or 0 for part in slices]
            count = sum(counts)
            if not count:
                return
            noun = "text" if count == 1 else "texts"
            there = next(part for part, number in zip(slices, counts, strict=True) if number)
            first = connection.scalar(select(func.min(column)).where(is_among(column, there)))
            operation_id = self._journal.begin(connection, f"Deleted {count:,} {noun}", first)
            yield from bulk.in_turn(*(_deletion(connection, operation_id, part) for part in slices))
            outcome = self._journal.outcome(connection, operation_id)
        yield outcome


def _deletion(connection: Connection, operation_id: int, text_ids: Sequence[int]) -> Iterator[float]:
    """Delete texts, after what belongs to them."""
    belongings = (schema.text_category, schema.refusal, schema.span)
    wanted = [(table, is_among(table.c.text_id, text_ids)) for table in belongings]
    wanted.append((schema.text, is_among(schema.text.c.id, text_ids)))
    return bulk.in_turn(*(bulk.deletion(connection, operation_id, table, which) for table, which in wanted))


def _moves(connection: Connection, text_id: int, before: str, after: str) -> Iterator[RowChange]:
    """The changes that keep spans and refusals on their words, or take them away."""
    anchoring = Anchoring(before, after)
    spans, refusals = (_marked(connection, table, text_id) for table in (schema.span, schema.refusal))
    places = anchoring.places((row["start"], row["end"]) for row in spans)
    yield from _changes(schema.span, zip(spans, places, strict=True))
    # What was refused may overlap.
    yield from _changes(schema.refusal, ((row, anchoring.place(row["start"], row["end"])) for row in refusals))


def _changes(table: Table, found: Iterable[tuple[Row, tuple[int, int] | None]]) -> Iterator[RowChange]:
    for row, place in found:
        if place is None:
            yield RowChange(table.name, row["id"], row, None)
        elif place != (row["start"], row["end"]):
            yield RowChange(table.name, row["id"], row, {**row, "start": place[0], "end": place[1]})


def _marked(connection: Connection, table: Table, text_id: int) -> list[Row]:
    query = select(table).where(table.c.text_id == text_id).order_by(table.c.start)
    return [dict(row) for row in connection.execute(query).mappings()]


def _row(connection: Connection, text_id: int, column: str) -> Row:
    table = schema.text
    query = select(table.c.id, table.c[column]).where(table.c.id == text_id)
    found = connection.execute(query).mappings().one_or_none()
    if found is None:
        raise UserError("This text is no longer in the project. Undo its deletion to work on it.")
    return dict(found)
