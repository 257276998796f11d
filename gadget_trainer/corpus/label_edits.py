"""Everything that a person can change about the labels, each as one operation of the journal."""

from sqlalchemy import Connection, func, select

from gadget_trainer.corpus import schema
from gadget_trainer.corpus.journal import Journal, Outcome, Row, RowChange, next_id
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
        name = checked_name(name)
        with self._store.reading() as connection:
            _refuse_taken(connection, name)
            row = new_label_row(connection, name, colour)
        return self._journal.record(f"Added the label {name}", [RowChange("label", row["id"], None, row)])

    def change(self, label_id: int, name: str, colour: str) -> Outcome | None:
        """Another name or colour (``#rrggbb``) for a label; its spans stay. Raises UserError as ``add`` does."""
        name = checked_name(name)
        with self._store.reading() as connection:
            old = _row(connection, label_id)
            new = {**old, "name": name, "colour": colour}
            if new == old:
                return None
            if name != old["name"]:
                _refuse_taken(connection, name)
        summary = f"Renamed {old['name']} to {name}" if name != old["name"] else f"Recoloured {name}"
        return self._journal.record(summary, [RowChange("label", label_id, old, new)])

    def delete(self, label_id: int) -> Outcome:
        """Remove a label and all of its spans."""
        with self._store.reading() as connection:
            old = _row(connection, label_id)
            spans = connection.execute(select(schema.span).where(schema.span.c.label_id == label_id)).mappings()
            changes = [RowChange("span", row["id"], dict(row), None) for row in spans]
        noun = "span" if len(changes) == 1 else "spans"
        summary = f"Deleted the label {old['name']} with {len(changes):,} {noun}"
        return self._journal.record(summary, [*changes, RowChange("label", label_id, old, None)])


def checked_name(name: str) -> str:
    """The name without spaces around it. Raises UserError where spaCy could not train it."""
    name = name.strip()
    if not name:
        raise UserError("A label needs a name. Type one, as in PERSON.")
    if name.startswith("!"):
        raise UserError("A label cannot start with “!”: spaCy reads that as “not this label”.")
    return name


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


def _row(connection: Connection, label_id: int) -> Row:
    return dict(connection.execute(select(schema.label).where(schema.label.c.id == label_id)).mappings().one())


def _refuse_taken(connection: Connection, name: str) -> None:
    if connection.scalar(select(schema.label.c.id).where(schema.label.c.name == name)) is not None:
        raise UserError(f"There is a label {name} already. Choose another name.")
