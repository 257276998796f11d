"""How many texts are in each state, how many are complete, how many spans each label has."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Select, func, select

from gadget_trainer.corpus import schema
from gadget_trainer.corpus.records import TextState
from gadget_trainer.corpus.row_changes import RowChange


@dataclass(frozen=True, slots=True)
class Counts:
    """How many texts are in each state, how many spans each label has, and how many texts each category."""

    texts: int
    done: int
    skipped: int
    flagged: int
    spans: dict[int, int]
    """By label id."""
    categories: dict[int, int] = field(default_factory=dict)
    """By category id."""

    @property
    def todo(self) -> int:
        """Texts that nobody finished yet."""
        return self.texts - self.done - self.skipped

    def after(self, changes: Iterable[RowChange]) -> "Counts":
        """The counts after spans, categories, states and flags changed; no text came or went."""
        spans, categories = Counter(self.spans), Counter(self.categories)
        texts: Counter[str] = Counter()
        for one in changes:
            for row, by in ((one.before, -1), (one.after, 1)):
                if row is not None and one.table == "span":
                    spans[row["label_id"]] += by
                elif row is not None and one.table == "text_category":
                    categories[row["category_id"]] += by
                elif row is not None and one.table == "text":
                    texts[row.get("state", "")] += by
                    texts["flagged"] += by * bool(row.get("flagged"))
        done, skipped = self.done + texts[TextState.DONE], self.skipped + texts[TextState.SKIPPED]
        flagged = self.flagged + texts["flagged"]
        return Counts(self.texts, done, skipped, flagged, dict(spans), dict(categories))


def counted(connection: Connection) -> Counts:
    """Texts by state and by category, and spans by label."""
    table = schema.text
    by_state = _pairs(connection, select(table.c.state, func.count()).group_by(table.c.state))
    by_label = select(schema.span.c.label_id, func.count()).group_by(schema.span.c.label_id)
    spans = _pairs(connection, by_label)
    column = schema.text_category.c.category_id
    categories = _pairs(connection, select(column, func.count()).group_by(column))
    flagged = connection.scalar(select(func.count()).where(table.c.flagged.is_(True))) or 0
    texts = sum(by_state.values())
    done, skipped = by_state.get(TextState.DONE, 0), by_state.get(TextState.SKIPPED, 0)
    return Counts(texts, done, skipped, flagged, spans, categories)


def complete_texts(connection: Connection) -> dict[int, int]:
    """How many texts are done, and complete for a label, by label id."""
    table = schema.text
    done = select(table.c.done_through, func.count()).where(table.c.state == TextState.DONE)
    through = _pairs(connection, done.group_by(table.c.done_through))
    labels = connection.scalars(select(schema.label.c.id)).all()
    return {one: sum(count for last, count in through.items() if (last or 0) >= one) for one in labels}


def undecided_texts(connection: Connection) -> dict[int, int]:
    """How many texts are done, but not for a category, by category id; see :class:`TextFilter`."""
    table, chosen, category = schema.text, schema.text_category, schema.category
    done = select(table.c.decided_through, func.count()).where(table.c.state == TextState.DONE)
    through = func.coalesce(table.c.decided_through, 0)
    later = select(chosen.c.category_id, func.count(table.c.id.distinct())).select_from(chosen.join(table))
    later = later.where(table.c.state == TextState.DONE, through < chosen.c.category_id)
    by_last = _pairs(connection, done.group_by(table.c.decided_through))
    having = _pairs(connection, later.group_by(chosen.c.category_id))
    ids = connection.scalars(select(category.c.id)).all()
    older = {one: sum(count for last, count in by_last.items() if (last or 0) < one) for one in ids}
    return {one: count - having.get(one, 0) for one, count in older.items()}


def code_points_done(connection: Connection) -> int:
    """How long the texts that are done are together."""
    table = schema.text
    query = select(func.sum(func.code_points(table.c.content))).where(table.c.state == TextState.DONE)
    return connection.scalar(query) or 0


def span_counts(connection: Connection, text_ids: Sequence[int]) -> dict[int, int]:
    """How many spans each of these texts has, by its id; those without are left out."""
    column = schema.span.c.text_id
    return _pairs(connection, select(column, func.count()).where(column.in_(text_ids)).group_by(column))


def _pairs(connection: Connection, query: Select[Any]) -> dict[Any, int]:
    return {row[0]: row[1] for row in connection.execute(query)}
