"""What an edit did, told by the rows that it changed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection

from gadget_trainer.corpus import bulk
from gadget_trainer.corpus.row_changes import RowChange
from gadget_trainer.corpus.schema import SPLITS, project

_OF_TEXTS = ("span", "refusal", "text_category")
"""Tables whose rows say in ``text_id`` which text they belong to."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an edit, an undo or a redo did, for whoever shows it."""

    summary: str
    """The edit in the past tense, as in ``Labelled “iPhone X” GADGET``."""
    text_id: int | None = None
    """The text to show, where there is one."""
    text_ids: frozenset[int] = field(default_factory=frozenset)
    """The texts whose spans, refusals, categories, state or flag changed; empty when texts came or went."""
    labels_changed: bool = False
    categories_changed: bool = False
    """Categories came, went or became others, or how many a text may have."""
    splits_changed: bool = False
    """Other words than before are always split: tokens are others now."""
    texts_came_or_went: bool = False
    changes: Sequence[RowChange] = ()
    """What was done to single rows; all that was done unless ``bulk``."""
    bulk: bool = False
    """Rows changed that ``changes`` does not name, as an import's: count and paint anew."""


EditSteps = Iterator[float | Outcome]
"""An edit a part at a time: how far it is (0 to 1), and at the end the outcome, if there is one.

Closing it before the end leaves the project as it was.
"""


def outcome_of(steps: EditSteps) -> Outcome | None:
    """What an edit did, when all of its parts are done; None where there was nothing to do."""
    outcome = None
    for step in steps:
        outcome = step if isinstance(step, Outcome) else None
    return outcome


def outcome_of_rows(summary: str, text_id: int | None, changes: Sequence[RowChange]) -> Outcome:
    """What changes of single rows did."""
    return Outcome(
        summary=summary,
        text_id=text_id,
        text_ids=frozenset(_texts(changes)),
        labels_changed=any(one.table == "label" for one in changes),
        categories_changed=any(one.table in ("category", project.name) for one in changes if not _is_of_splits(one)),
        splits_changed=any(map(_is_of_splits, changes)),
        texts_came_or_went=any(one.table == "text" and one.adds_or_removes for one in changes),
        changes=changes,
    )


def _is_of_splits(one: RowChange) -> bool:
    return one.table == project.name and (one.after or one.before or {}).get("key") == SPLITS


def with_bulk(connection: Connection, outcome: Outcome, steps: Iterable[Any]) -> Outcome:
    """The outcome with what the bulk changes among ``steps`` did."""
    many = [one for one in steps if one.bulk is not None]
    if not many:
        return outcome
    texts = any(one.table_name == "text" for one in many)
    of_texts = [] if texts else [one for one in many if one.table_name in _OF_TEXTS]
    spans = [bulk.texts_of_spans(connection, one) for one in of_texts]
    return replace(
        outcome,
        text_ids=frozenset() if texts else outcome.text_ids.union(*spans),
        labels_changed=outcome.labels_changed or any(one.table_name == "label" for one in many),
        categories_changed=outcome.categories_changed or any(one.table_name == "category" for one in many),
        texts_came_or_went=texts,
        bulk=True,
    )


def _texts(changes: Iterable[RowChange]) -> Iterator[int]:
    for one in changes:
        if one.table == "text":
            yield one.row_id
        elif one.table in _OF_TEXTS:
            yield from (row["text_id"] for row in (one.before, one.after) if row is not None)
