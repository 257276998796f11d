"""Everything that a person can change about the labels, each as one operation of the journal."""

from sqlalchemy import Connection, func, select

from gadget_trainer.corpus import bulk, schema
from gadget_trainer.corpus.journal import Journal, Outcome, Row, RowChange, next_id
from gadget_trainer.corpus.label_names import problem_with_name
from gadget_trainer.corpus.palette import next_colour
from gadget_trainer.corpus.store import Store
from gadget_trainer.errors import UserError


class LabelEdits:
    """Edits of labels. Each returns what it did, or None where there was nothing to do."""

    def __init__(self, store: Store, journal: Journal) -> None:
        self._store = store
        self._journal = journal

    def add(self, name: str, colour: str | None = None) -> Outcome:
        """A new label behind the others. Raises UserError where the name is empty, refused by spaCy or taken."""
        name = name.strip()
        with self._store.reading() as connection:
            _check_name(connection, name)
            row = new_label_row(connection, name, colour)
        return self._journal.record(f"Added the label {name}", [RowChange("label", row["id"], None, row)])

    def change(self, label_id: int, name: str, colour: str) -> Outcome | None:
        """Another name or colour (``#rrggbb``) for a label; its spans stay.

        Raises UserError as ``add`` does, and where the label is gone: the wish cannot be met.
        """
        name = name.strip()
        with self._store.reading() as connection:
            old = _row(connection, label_id)
            if old is None:
                raise UserError(f"The label that was to become {name} is gone. Add it anew, or undo its deletion.")
            new = {**old, "name": name, "colour": colour}
            if new == old:
                return None
            _check_name(connection, name, old["name"])
        summary = f"Renamed {old['name']} to {name}" if name != old["name"] else f"Recoloured {name}"
        return self._journal.record(summary, [RowChange("label", label_id, old, new)])

    def delete(self, label_id: int) -> Outcome | None:
        """Remove a label with all of its spans and refusals; None where it is gone already."""
        spans = schema.span.c.label_id == label_id
        with self._store.writing() as connection:
            old = _row(connection, label_id)
            if old is None:
                return None
            count = connection.scalar(select(func.count()).where(spans)) or 0
            summary = f"Deleted the label {old['name']} with {count:,} {'span' if count == 1 else 'spans'}"
            operation_id = self._journal.begin(connection, summary)
            bulk.delete_rows(connection, operation_id, schema.span, spans)
            bulk.delete_rows(connection, operation_id, schema.refusal, schema.refusal.c.label_id == label_id)
            self._journal.apply(connection, operation_id, [RowChange("label", label_id, old, None)])
            return self._journal.outcome(connection, operation_id)


def new_label_row(connection: Connection, name: str, colour: str | None = None) -> Row:
    """The row of a label to be inserted: the next id, the last position, a colour not yet used."""
    table = schema.label
    used = connection.scalars(select(table.c.colour)).all()
    last = connection.scalar(select(func.max(table.c.position)))
    return {
        "id": next_id(connection, table),
        "name": name,
        "colour": colour or next_colour(used),
        "position": 0 if last is None else last + 1,
    }


def _row(connection: Connection, label_id: int) -> Row | None:
    found = connection.execute(select(schema.label).where(schema.label.c.id == label_id)).mappings().one_or_none()
    return None if found is None else dict(found)


def _check_name(connection: Connection, name: str, own: str = "") -> None:
    """Raise UserError where a label whose name is ``own`` so far cannot be called ``name``."""
    taken = set(connection.scalars(select(schema.label.c.name))) - {own}
    problem = problem_with_name(name, taken)
    if problem:
        raise UserError(problem)
