"""Everything that a person can change about the labels, each as one operation of the journal."""

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, func, select

from gadget_trainer.corpus import bulk, schema
from gadget_trainer.corpus.choices import holders_of_keys, new_row, reordering, row_of, rows_in_order, summary_of_change
from gadget_trainer.corpus.journal import Journal, next_id
from gadget_trainer.corpus.label_names import normal_key, problem_with_key, problem_with_name
from gadget_trainer.corpus.merging import merge
from gadget_trainer.corpus.outcomes import EditSteps, Outcome, outcome_of
from gadget_trainer.corpus.records import Label
from gadget_trainer.corpus.row_changes import Row, RowChange
from gadget_trainer.corpus.scheme_changes import scheme_changes
from gadget_trainer.corpus.sound_text import check_sound
from gadget_trainer.corpus.store import Store
from gadget_trainer.errors import UserError


class LabelEdits:
    """Edits of labels. Each returns what it did, or None where there was nothing to do."""

    def __init__(self, store: Store, journal: Journal) -> None:
        self._store = store
        self._journal = journal

    def add(
        self,
        name: str,
        colour: str | None = None,
        *,
        description: str = "",
        examples: Sequence[str] = (),
        key: str = "",
    ) -> Outcome:
        """A new label behind the others.

        Raises UserError where the name is empty, refused by spaCy or taken, or the key is none or taken.
        """
        name = name.strip()
        with self._store.reading() as connection:
            _check_name(connection, name)
            row = new_row(connection, schema.label, name, colour) | _about(description, examples, key)
            _check_key(connection, row["key"], row["id"])
        return self._journal.record(f"Added the label {name}", [RowChange("label", row["id"], None, row)])

    def change(self, label: Label) -> Outcome | None:
        """Make the label of that id what the record says, but for its place; its spans stay.

        Raises UserError as ``add`` does, and where the label is gone: the wish cannot be met.
        """
        name = label.name.strip()
        with self._store.reading() as connection:
            old = row_of(connection, schema.label, label.id)
            if old is None:
                raise UserError(f"The label that was to become {name} is gone. Add it anew, or undo its deletion.")
            new = {**old, **_about(label.description, label.examples, label.key), "name": name, "colour": label.colour}
            if new == old:
                return None
            _check_name(connection, name, old["name"])
            _check_key(connection, new["key"], label.id)
        return self._journal.record(summary_of_change(old, new), [RowChange("label", label.id, old, new)])

    def reorder(self, label_ids: Sequence[int]) -> Outcome | None:
        """Put the labels into this order; labels that are not named come after."""
        with self._store.reading() as connection:
            changes = reordering(connection, schema.label, label_ids)
        return self._journal.record("Put the labels into another order", changes) if changes else None

    def take_scheme(self, labels: Sequence[Label], taken_keys: Collection[str] = ()) -> Outcome | None:
        """Add the labels of a scheme (see label_scheme.py), and make those that are there what it says of them.

        They come first, in its order. A key that is taken, by a category or a label that the scheme does not name or as
        one of ``taken_keys``, stays where it is. Raises UserError where something can't be kept.
        """
        for label in labels:
            check_sound("A label of the scheme", label.name, label.key, label.description, *label.examples)
        with self._store.writing() as connection:
            rows = {row["name"]: row for row in rows_in_order(connection, schema.label).values()}
            taken = {*taken_keys, *connection.scalars(select(schema.category.c.key))}
            summary, changes = scheme_changes(rows, labels, taken, next_id(connection, schema.label))
            if not changes:
                return None
            operation_id = self._journal.begin(connection, summary)
            self._journal.apply(connection, operation_id, changes)
            return self._journal.outcome(connection, operation_id)

    def merge(self, label_id: int, into_id: int) -> Outcome | None:
        """Make the spans of one label those of another, and delete it; None where there is nothing to merge.

        Raises UserError where the label that is to stay is gone.
        """
        return outcome_of(self.merge_steps(label_id, into_id))

    def merge_steps(self, label_id: int, into_id: int) -> EditSteps:
        """The same, a part at a time."""
        if label_id == into_id:
            return
        with self._store.writing() as connection:
            gone, stays = (row_of(connection, schema.label, one) for one in (label_id, into_id))
            if gone is None:
                return
            if stays is None:
                raise UserError(f"The label that {gone['name']} was to become a part of is gone. Choose another one.")
            count, first_text = _spans_of(connection, label_id)
            noun = "span" if count == 1 else "spans"
            summary = f"Merged {gone['name']} into {stays['name']}: {count:,} {noun}"
            operation_id = self._journal.begin(connection, summary, first_text)
            yield from merge(connection, self._journal, operation_id, gone, stays)
            outcome = self._journal.outcome(connection, operation_id)
        yield outcome

    def delete(self, label_id: int) -> Outcome | None:
        """Remove a label, all of its spans and what was refused of it; None where it is gone already."""
        return outcome_of(self.delete_steps(label_id))

    def delete_steps(self, label_id: int) -> EditSteps:
        """The same, a part at a time."""
        with self._store.writing() as connection:
            old = row_of(connection, schema.label, label_id)
            if old is None:
                return
            count, first_text = _spans_of(connection, label_id)
            spans = f" with {count:,} {'span' if count == 1 else 'spans'}" if count else ""
            summary = f"Deleted the label {old['name']}{spans}"
            operation_id = self._journal.begin(connection, summary, first_text)
            tables = (schema.refusal, schema.span)
            yield from bulk.in_turn(
                *(bulk.deletion(connection, operation_id, one, one.c.label_id == label_id) for one in tables)
            )
            self._journal.apply(connection, operation_id, [RowChange("label", label_id, old, None)])
            outcome = self._journal.outcome(connection, operation_id)
        yield outcome


def _spans_of(connection: Connection, label_id: int) -> tuple[int, int | None]:
    """How many spans a label has, and the first text that has one."""
    table = schema.span
    query = select(func.count(), func.min(table.c.text_id)).where(table.c.label_id == label_id)
    count, first = connection.execute(query).one()
    return count, first


def _about(description: str, examples: Sequence[str], key: str) -> Row:
    """What a label means and the key that chooses it, as they are kept. Raises UserError where they can't be."""
    kept = [one.strip() for one in examples if one.strip()]
    check_sound("What is said of the label", description, key, *kept)
    return {"description": description.strip(), "examples": kept, "key": normal_key(key)}


def _check_name(connection: Connection, name: str, own: str = "") -> None:
    """Raise UserError where a label whose name is ``own`` so far cannot be called ``name``."""
    taken = set(connection.scalars(select(schema.label.c.name))) - {own}
    problem = problem_with_name(name, taken)
    if problem:
        raise UserError(problem)


def _check_key(connection: Connection, key: str, label_id: int) -> None:
    """Raise UserError where the label cannot have the key."""
    problem = problem_with_key(key, holders_of_keys(connection, schema.label, label_id))
    if problem:
        raise UserError(problem)
