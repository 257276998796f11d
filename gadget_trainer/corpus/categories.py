"""The labels of whole texts: what a project has of them, which ones a text has, and every change of either."""

from array import array
from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from gadget_trainer.corpus import bulk, schema
from gadget_trainer.corpus.choices import (
    holders_of_keys,
    new_row,
    reordering,
    row_of,
    rows_in_order,
    summary_of_change,
)
from gadget_trainer.corpus.edits import content_of, quoted
from gadget_trainer.corpus.journal import Journal, next_id
from gadget_trainer.corpus.label_names import normal_key, problem_with_category, problem_with_category_key
from gadget_trainer.corpus.outcomes import EditSteps, Outcome, outcome_of
from gadget_trainer.corpus.records import Category, CategoryScheme, Origin
from gadget_trainer.corpus.row_changes import Row, RowChange, setting_change
from gadget_trainer.corpus.sound_text import check_sound
from gadget_trainer.corpus.store import Store
from gadget_trainer.errors import UserError

_EXCLUSIVE = "exclusive_categories"


class Categories:
    """Reads and edits categories. An edit returns what it did, or None where there was nothing to do."""

    def __init__(self, store: Store, journal: Journal) -> None:
        self._store = store
        self._journal = journal

    def all(self) -> list[Category]:
        """The categories in the person's order."""
        with self._store.reading() as connection:
            return [Category(**row) for row in rows_in_order(connection, schema.category).values()]

    def scheme(self) -> CategoryScheme:
        """What a text can be labelled with. Where it is exclusive, no text has more than one."""
        with self._store.reading() as connection:
            names = tuple(row["name"] for row in rows_in_order(connection, schema.category).values())
            return CategoryScheme(names, is_exclusive(connection))

    def of_text(self, text_id: int) -> tuple[str, ...]:
        """The categories of a text, in the project's order; none where the text is gone."""
        with self._store.reading() as connection:
            return names_by_text(connection, [text_id]).get(text_id, ())

    def texts_with_several(self) -> "array[int]":
        """The ids, in order, of the texts that have more than one."""
        column = schema.text_category.c.text_id
        query = select(column).group_by(column).having(func.count() > 1).order_by(column)
        with self._store.reading() as connection:
            return array("q", connection.scalars(query))

    def choose(self, text_id: int, names: Sequence[str], made_by: Origin = Origin.PERSON) -> Outcome | None:
        """Let a text have just these categories.

        Raises UserError where the text or one of the categories is gone, or where they are several and a text has
        only one.
        """
        table = schema.text_category
        with self._store.reading() as connection:
            excerpt = quoted(content_of(connection, text_id)[:200])
            wanted = _ids(connection, names)
            if len(wanted) > 1 and is_exclusive(connection):
                raise UserError("A text has one category only in this project. Choose one, or let texts have several.")
            query = select(table).where(table.c.text_id == text_id)
            there = {row["category_id"]: dict(row) for row in connection.execute(query).mappings()}
            added = [one for one in wanted.values() if one not in there]
            first = next_id(connection, table)
        removed = [row for one, row in there.items() if one not in wanted.values()]
        changes = [RowChange(table.name, row["id"], row, None) for row in removed]
        for new_id, category_id in enumerate(added, first):
            row = {"id": new_id, "text_id": text_id, "category_id": category_id, "made_by": made_by}
            changes.append(RowChange(table.name, new_id, None, row))
        if not changes:
            return None
        said = f"Chose {' and '.join(wanted)} for" if wanted else "Took the category off"
        return self._journal.record(f"{said} {excerpt}", changes, text_id)

    def add(self, name: str, colour: str | None = None, *, description: str = "", key: str = "") -> Outcome:
        """A new category behind the others.

        Raises UserError where the name is empty or taken, or the key is none or taken.
        """
        name, table = name.strip(), schema.category
        with self._store.reading() as connection:
            _check_name(connection, name)
            row = new_row(connection, table, name, colour) | _about(description, key)
            _check_key(connection, row["key"], row["id"])
        return self._journal.record(f"Added the category {name}", [RowChange(table.name, row["id"], None, row)])

    def change(self, category: Category) -> Outcome | None:
        """Make the category of that id what the record says, but for its place; texts keep it.

        Raises UserError as ``add`` does, and where the category is gone.
        """
        name, table = category.name.strip(), schema.category
        with self._store.reading() as connection:
            old = row_of(connection, table, category.id)
            if old is None:
                raise UserError(f"The category that was to become {name} is gone. Add it anew, or undo its deletion.")
            about = _about(category.description, category.key)
            new = {**old, **about, "name": name, "colour": category.colour}
            if new == old:
                return None
            _check_name(connection, name, old["name"])
            _check_key(connection, new["key"], category.id)
        return self._journal.record(summary_of_change(old, new), [RowChange(table.name, category.id, old, new)])

    def reorder(self, category_ids: Sequence[int]) -> Outcome | None:
        """Put the categories into this order; those that are not named come after."""
        with self._store.reading() as connection:
            changes = reordering(connection, schema.category, category_ids)
        return self._journal.record("Put the categories into another order", changes) if changes else None

    def delete(self, category_id: int) -> Outcome | None:
        """Remove a category, and take it off its texts; None where it is gone already."""
        return outcome_of(self.delete_steps(category_id))

    def delete_steps(self, category_id: int) -> EditSteps:
        """The same, a part at a time."""
        table, of_texts = schema.category, schema.text_category
        chosen = of_texts.c.category_id == category_id
        with self._store.writing() as connection:
            old = row_of(connection, table, category_id)
            if old is None:
                return
            count, first = connection.execute(select(func.count(), func.min(of_texts.c.text_id)).where(chosen)).one()
            summary = f"Deleted the category {old['name']} of {count:,} {'text' if count == 1 else 'texts'}"
            operation_id = self._journal.begin(connection, summary, first)
            yield from bulk.deletion(connection, operation_id, of_texts, chosen)
            self._journal.apply(connection, operation_id, [RowChange(table.name, category_id, old, None)])
            outcome = self._journal.outcome(connection, operation_id)
        yield outcome

    def set_exclusive(self, exclusive: bool) -> Outcome | None:
        """Say whether a text has at most one category, or any number.

        Raises UserError where there are texts with several: only a person can say which one is to stay.
        """
        with self._store.reading() as connection:
            if is_exclusive(connection) == exclusive:
                return None
            change = exclusiveness(connection, exclusive=exclusive)
        several = len(self.texts_with_several()) if exclusive else 0
        if several:
            texts = "1 text has" if several == 1 else f"{several:,} texts have"
            raise UserError(f"{texts} several categories. Leave one of them on each text first.")
        said = "one category only" if exclusive else "several categories"
        return self._journal.record(f"Let a text have {said}", [change])


def is_exclusive(connection: Connection) -> bool:
    """Whether a text has at most one category."""
    found = _setting(connection)
    return True if found is None else bool(found)


def exclusiveness(connection: Connection, *, exclusive: bool) -> RowChange:
    """The change that makes categories exclude each other, or no longer."""
    return setting_change(_EXCLUSIVE, _setting(connection), exclusive)


def all_categories(connection: Connection) -> dict[int, str]:
    """The names of the categories by their ids, in the project's order."""
    return {row["id"]: row["name"] for row in rows_in_order(connection, schema.category).values()}


def names_by_text(connection: Connection, text_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The categories of these texts, in the project's order, by text; texts without any are left out."""
    chosen, category = schema.text_category, schema.category
    query = select(chosen.c.text_id, category.c.name).select_from(chosen.join(category))
    query = query.where(chosen.c.text_id.in_(text_ids)).order_by(category.c.position, category.c.id)
    found: dict[int, tuple[str, ...]] = {}
    for text_id, name in connection.execute(query).all():
        found[text_id] = (*found.get(text_id, ()), name)
    return found


def _setting(connection: Connection) -> object:
    return connection.scalar(select(schema.project.c.value).where(schema.project.c.key == _EXCLUSIVE))


def _ids(connection: Connection, names: Sequence[str]) -> dict[str, int]:
    """The ids of the categories of these names, in the project's order."""
    known = {row["name"]: row["id"] for row in rows_in_order(connection, schema.category).values()}
    gone = next((name for name in names if name not in known), None)
    if gone is not None:
        raise UserError(f"There is no category {gone} any more. Choose another one, or add it again.")
    return {name: category_id for name, category_id in known.items() if name in names}


def _about(description: str, key: str) -> Row:
    check_sound("What is said of the category", description, key)
    return {"description": description.strip(), "key": normal_key(key)}


def _check_name(connection: Connection, name: str, own: str = "") -> None:
    """Raise UserError where a category whose name is ``own`` so far cannot be called ``name``."""
    taken = set(connection.scalars(select(schema.category.c.name))) - {own}
    problem = problem_with_category(name, taken)
    if problem:
        raise UserError(problem)


def _check_key(connection: Connection, key: str, category_id: int) -> None:
    """Raise UserError where the category cannot have the key."""
    problem = problem_with_category_key(key, holders_of_keys(connection, schema.category, category_id))
    if problem:
        raise UserError(problem)
