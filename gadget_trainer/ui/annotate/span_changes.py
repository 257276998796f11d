"""What an edit did to the spans of one text."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from gadget_trainer.corpus.records import Span

if TYPE_CHECKING:  # SQLAlchemy behind it takes longer to import than the window to paint
    from gadget_trainer.corpus.outcomes import Outcome
    from gadget_trainer.corpus.row_changes import Row


def span_changes(outcome: "Outcome", text_id: int, names: Mapping[int, str]) -> tuple[list[Span], list[Span]]:
    """The spans that an edit took from a text and those that it gave to it; ``names`` are the labels' by id."""
    here = [one for one in outcome.changes if one.table == "span"]
    removed = [_span(one.before, names) for one in here if _is_of(one.before, text_id)]
    added = [_span(one.after, names) for one in here if _is_of(one.after, text_id)]
    return removed, added


def changed_place(outcome: "Outcome") -> tuple[int, int] | None:
    """Where in its text an edit can be seen, from start to end; None where it changed no single span or refusal."""
    rows = (row for one in outcome.changes if one.table in ("span", "refusal") for row in (one.after, one.before))
    places = [(row["start"], row["end"]) for row in rows if row and row["text_id"] == outcome.text_id]
    return min(places, default=None)


def _is_of(row: "Row | None", text_id: int) -> bool:
    return row is not None and row["text_id"] == text_id


def _span(row: "Row | None", names: Mapping[int, str]) -> Span:
    if row is None:
        raise ValueError("there is no row")
    return Span(row["start"], row["end"], names[row["label_id"]])
