"""What reading and writing Prodigy's rows agree on: which keys of a row are its own, and which may be anybody's.

Both sides ask the same questions, so that a stranger's key that is named like one of ours comes back as it was.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from gadget_trainer.corpus.records import TextState
from gadget_trainer.formats.cleaning import text_problem, usable_name

ANSWERS = {"accept": TextState.DONE, "reject": TextState.SKIPPED, "ignore": TextState.SKIPPED}
"""What the answer of a row says of its text."""
HASH = "_input_hash"
"""The key of a number that rows of one text have alike."""
KEPT = "_kept"
"""Where a row has what would be mistaken at its top level; a row that has it is a text of its own."""
ROW_KEYS = frozenset({"text", "spans", "answer", "tokens", KEPT})
OURS = frozenset({"start", "end", "label"})
"""The fields of a span that we write."""
CLASSIFICATION = "classification"
"""The view of rows that ask whether one category fits."""
_STATES = frozenset(TextState)


def is_state(value: object) -> bool:
    """Whether it is a state of ours."""
    return isinstance(value, str) and value in _STATES


def is_note(value: object) -> bool:
    """Whether the project can hold it as a note: half a surrogate pair stays metadata."""
    return isinstance(value, str) and bool(value) and text_problem(value) is None


def are_refused(value: object) -> bool:
    """Whether it is a list of spans as we write them; anything else under that key is metadata."""
    return (
        isinstance(value, list) and bool(value) and all(isinstance(one, dict) and one.keys() == OURS for one in value)
    )


def is_category_question(row: Mapping[str, Any]) -> bool:
    """Whether a row asks if the one category under ``label`` fits its text."""
    if not usable_name(row.get("label")):
        return False
    view = row.get("_view_id")
    return view == CLASSIFICATION or (view is None and "spans" not in row and "options" not in row)


def plain_options(categories: Sequence[object]) -> list[dict[str, object]]:
    """The ``options`` of a row that say no more than which were chosen."""
    return [{"id": name, "text": name} for name in categories]


def option_ids(options: object) -> dict[str, object]:
    """The ids of options, which may be numbers, by the name of the category that each is."""
    listed = options if isinstance(options, list) else []
    ids = (one.get("id") for one in listed if isinstance(one, dict))
    return {str(one): one for one in ids if type(one) in (str, int)}
