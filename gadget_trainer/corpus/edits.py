"""Everything that a person can change about texts and their spans, each as one operation of the journal."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from gadget_trainer.corpus import schema
from gadget_trainer.corpus.journal import Journal, next_id
from gadget_trainer.corpus.outcomes import Outcome
from gadget_trainer.corpus.records import Origin, Span, TextState
from gadget_trainer.corpus.row_changes import Row, RowChange
from gadget_trainer.corpus.store import Store
from gadget_trainer.errors import UserError

_SHOWN = 40

_STATE_WORDS = {
    TextState.DONE: "Marked done",
    TextState.SKIPPED: "Skipped",
    TextState.TODO: "Marked to do",
}


class Edits:
    """Edits of texts and spans. Each returns what it did, or None where there was nothing to do.

    A span that is gone is nothing to do. A text or a label to put something on that is gone raises UserError.
    """

    def __init__(self, store: Store, journal: Journal) -> None:
        self._store = store
        self._journal = journal

    def add_span(
        self, text_id: int, start: int, end: int, label: str, made_by: Origin = Origin.PERSON
    ) -> Outcome | None:
        """Label the code points ``start`` to ``end``; spans that it meets are replaced, in the same step.

        Spaces at the edges are left out. Raises ValueError where nothing but spaces or nothing is left.
        """
        with self._store.reading() as connection:
            content = content_of(connection, text_id)
            start, end = trimmed(content, start, end)
            label_id = _label_id(connection, label)
            met = _spans(connection, text_id, start, end)
            if any((row["start"], row["end"], row["label_id"]) == (start, end, label_id) for row in met):
                return None
            row: Row = {
                "id": next_id(connection, schema.span),
                "text_id": text_id,
                "start": start,
                "end": end,
                "label_id": label_id,
                "made_by": made_by,
            }
            replaced = _in_place_of(connection, content, met)
        changes = [*(_deleted(one) for one in met), RowChange("span", row["id"], None, row)]
        return self._journal.record(_labelled(content[start:end], label) + replaced, changes, text_id)

    def move_span(self, text_id: int, span: Span, start: int, end: int) -> Outcome | None:
        """Give a span other edges; spans that it now meets are replaced, in the same step."""
        found = self._move(text_id, span, start, end, Origin.PERSON)
        if found is None:
            return None
        surface, replaced, moved, met = found
        return self._journal.record(_moved(surface) + replaced, [*met, moved], text_id)

    def settle_span(self, text_id: int, span: Span, start: int, end: int) -> Outcome | None:
        """Give a span that was added before the tokens were known their edges, as if it had had them at once.

        While nothing came after its addition, this becomes a part of it, so that one undo takes the span back
        whole; later it is a step of its own. None where something is undone: a new step would drop it.
        """
        found = self._move(text_id, span, start, end)
        if found is None or self._journal.has_undone():
            return None
        surface, replaced, moved, met = found
        amended = self._journal.amend(_labelled(surface, span.label) + replaced, moved, met, text_id)
        return amended or self._journal.record(_moved(surface) + replaced, [*met, moved], text_id)

    def relabel_span(self, text_id: int, span: Span, label: str) -> Outcome | None:
        """Give a span another label."""
        with self._store.reading() as connection:
            old = _row_of(connection, text_id, span)
            if old is None:
                return None
            content = content_of(connection, text_id)
            label_id = _label_id(connection, label)
        if old["label_id"] == label_id:
            return None
        new = {**old, "label_id": label_id, "made_by": Origin.PERSON}
        surface = quoted(content[span.start : span.end])
        change = RowChange("span", old["id"], old, new)
        return self._journal.record(f"Relabelled {surface} {label}", [change], text_id)

    def delete_span(self, text_id: int, span: Span) -> Outcome | None:
        """Remove a span."""
        with self._store.reading() as connection:
            old = _row_of(connection, text_id, span)
            if old is None:
                return None
            content = content_of(connection, text_id)
        surface = quoted(content[span.start : span.end])
        return self._journal.record(f"Removed {span.label} from {surface}", [_deleted(old)], text_id)

    def set_state(self, text_ids: Sequence[int], state: TextState) -> Outcome | None:
        """Mark texts done, skipped or to do. Done: complete for the labels and the categories that exist now."""
        with self._store.reading() as connection:
            new: dict[str, Any] = {"state": state, "done_through": None, "decided_through": None}
            if state is TextState.DONE:
                new["done_through"] = connection.scalar(select(func.max(schema.label.c.id))) or 0
                new["decided_through"] = connection.scalar(select(func.max(schema.category.c.id))) or 0
            changes = _text_changes(connection, text_ids, new)
        if not changes:
            return None
        many = f" {len(changes):,} texts" if len(changes) > 1 else ""
        return self._journal.record(f"{_STATE_WORDS[state]}{many}", changes, changes[0].row_id)

    def set_flag(self, text_ids: Sequence[int], *, flagged: bool) -> Outcome | None:
        """Put a flag on texts, or take it off."""
        with self._store.reading() as connection:
            changes = _text_changes(connection, text_ids, {"flagged": flagged})
        if not changes:
            return None
        summary = "Flagged the text" if flagged else "Took the flag off"
        return self._journal.record(summary, changes, changes[0].row_id)

    def _move(
        self, text_id: int, span: Span, start: int, end: int, made_by: Origin | None = None
    ) -> tuple[str, str, RowChange, list[RowChange]] | None:
        """The text between the new edges, what is to be said of the spans that it meets there, the span's change, and
        their deletions.
        """
        with self._store.reading() as connection:
            old = _row_of(connection, text_id, span)
            if old is None:
                return None
            content = content_of(connection, text_id)
            start, end = trimmed(content, start, end)
            if (old["start"], old["end"]) == (start, end):
                return None
            met = [row for row in _spans(connection, text_id, start, end) if row["id"] != old["id"]]
            replaced = _in_place_of(connection, content, met)
        new = {**old, "start": start, "end": end, "made_by": made_by or old["made_by"]}
        return content[start:end], replaced, RowChange("span", old["id"], old, new), [_deleted(row) for row in met]


def trimmed(content: str, start: int, end: int) -> tuple[int, int]:
    """The range without spaces at its edges. Raises ValueError where nothing is left or it is out of the text."""
    if not 0 <= start < end <= len(content):
        raise ValueError(f"{start} to {end} is no range of a text of {len(content)} code points")
    while start < end and content[start].isspace():
        start += 1
    while end > start and content[end - 1].isspace():
        end -= 1
    if start == end:
        raise ValueError("a span cannot hold nothing but spaces")
    return start, end


def content_of(connection: Connection, text_id: int) -> str:
    """The words of a text. Raises UserError where it is gone."""
    query = select(schema.text.c.content).where(schema.text.c.id == text_id)
    content: str | None = connection.scalar(query)
    if content is None:
        raise UserError("This text is no longer in the project. Redo or import it again to work on it.")
    return content


def _label_id(connection: Connection, name: str) -> int:
    label_id: int | None = connection.scalar(select(schema.label.c.id).where(schema.label.c.name == name))
    if label_id is None:
        raise UserError(f"There is no label {name} any more. Choose another one, or add it again.")
    return label_id


def _spans(connection: Connection, text_id: int, start: int, end: int) -> list[Row]:
    table = schema.span
    query = select(table).where(table.c.text_id == text_id, table.c.start < end, table.c.end > start)
    return [dict(row) for row in connection.execute(query).mappings()]


def _row_of(connection: Connection, text_id: int, span: Span) -> Row | None:
    table = schema.span
    query = select(table).join(schema.label).where(table.c.text_id == text_id, schema.label.c.name == span.label)
    row = connection.execute(query.where(table.c.start == span.start, table.c.end == span.end)).mappings().first()
    return None if row is None else dict(row)


def _deleted(row: Row) -> RowChange:
    return RowChange("span", row["id"], row, None)


def _text_changes(connection: Connection, text_ids: Iterable[int], new: dict[str, Any]) -> list[RowChange]:
    """Changes of texts' columns other than their content, which is too large to write down for nothing."""
    columns = [schema.text.c.id, *(schema.text.c[name] for name in new)]
    found = connection.execute(select(*columns).where(schema.text.c.id.in_(list(text_ids)))).mappings()
    rows = [dict(row) for row in found]
    return [RowChange("text", row["id"], row, {**row, **new}) for row in rows if {**row, **new} != row]


def _labelled(surface: str, label: str) -> str:
    return f"Labelled {quoted(surface)} {label}"


def _moved(surface: str) -> str:
    return f"Moved the edges of {quoted(surface)}"


def _in_place_of(connection: Connection, content: str, gone: Sequence[Row]) -> str:
    """What a summary says of the spans that had to go, as in ``, in place of “X” BRAND``; empty where none had."""
    if not gone:
        return ""
    if len(gone) > 1:
        return f", in place of {len(gone):,} spans"
    one = gone[0]
    label = connection.scalar(select(schema.label.c.name).where(schema.label.c.id == one["label_id"]))
    return f", in place of {quoted(content[one['start'] : one['end']])} {label}"


def quoted(surface: str) -> str:
    """The surface on one line and between quotation marks, as summaries have it; shortened where it is long."""
    one_line = " ".join(surface.split())
    return f"“{one_line if len(one_line) <= _SHOWN else one_line[: _SHOWN - 1] + '…'}”"
