"""Spans that a person said are wrong: kept beside the text, so that nobody is asked twice and training knows."""

from sqlalchemy import Connection, select

from gadget_trainer.corpus import schema
from gadget_trainer.corpus.journal import Journal, next_id
from gadget_trainer.corpus.outcomes import Outcome
from gadget_trainer.corpus.records import Origin, Span
from gadget_trainer.corpus.row_changes import Row, RowChange
from gadget_trainer.corpus.store import Store
from gadget_trainer.errors import UserError


class Refusals:
    """Edits of what was refused. Each returns what it did, or None where there was nothing to do."""

    def __init__(self, store: Store, journal: Journal) -> None:
        self._store = store
        self._journal = journal

    def refuse(self, text_id: int, span: Span, made_by: Origin = Origin.PERSON) -> Outcome | None:
        """Say that ``span`` is wrong, edges and label as they are; it need not be one of the text's.

        Raises ValueError for a range that the text does not have, and UserError where the text or the label is gone.
        """
        with self._store.reading() as connection:
            label_id = _label_id(connection, span.label)
            surface = _surface(connection, text_id, span)
            if label_id is None:
                raise UserError(f"There is no label {span.label} any more, so nothing needs to be refused.")
            if _row(connection, text_id, span, label_id) is not None:
                return None
            row: Row = {
                "id": next_id(connection, schema.refusal),
                "text_id": text_id,
                "start": span.start,
                "end": span.end,
                "label_id": label_id,
                "made_by": made_by,
            }
        change = RowChange("refusal", row["id"], None, row)
        return self._journal.record(f"Refused {span.label} for {surface}", [change], text_id)

    def take_back(self, text_id: int, span: Span) -> Outcome | None:
        """Say no longer that ``span`` is wrong."""
        with self._store.reading() as connection:
            label_id = _label_id(connection, span.label)
            row = None if label_id is None else _row(connection, text_id, span, label_id)
            if row is None:
                return None
            surface = _surface(connection, text_id, span)
        change = RowChange("refusal", row["id"], row, None)
        return self._journal.record(f"Took back the refusal of {span.label} for {surface}", [change], text_id)


def _label_id(connection: Connection, name: str) -> int | None:
    found: int | None = connection.scalar(select(schema.label.c.id).where(schema.label.c.name == name))
    return found


def _surface(connection: Connection, text_id: int, span: Span) -> str:
    """What ``span`` covers, quoted on one line."""
    content = connection.scalar(select(schema.text.c.content).where(schema.text.c.id == text_id))
    if content is None:
        raise UserError("This text is no longer in the project. Redo or import it again to work on it.")
    if not 0 <= span.start < span.end <= len(content):
        raise ValueError(f"{span} is not in a text of {len(content)} code points")
    return f"“{' '.join(content[span.start : span.end].split())[:40]}”"


def _row(connection: Connection, text_id: int, span: Span, label_id: int) -> Row | None:
    table = schema.refusal
    same = (table.c.text_id == text_id, table.c.start == span.start, table.c.end == span.end)
    row = connection.execute(select(table).where(*same, table.c.label_id == label_id)).mappings().first()
    return None if row is None else dict(row)
