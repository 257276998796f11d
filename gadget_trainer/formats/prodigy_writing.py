"""A text of the project as a row of Prodigy's JSONL; :mod:`gadget_trainer.formats.jsonl` says what is in it."""

from collections.abc import Sequence
from typing import Any

from gadget_trainer.corpus.records import AnnotatedText, TextState
from gadget_trainer.formats.prodigy_answers import BINARY_KEYS, is_binary
from gadget_trainer.formats.prodigy_keys import (
    HASH,
    KEPT,
    ROW_KEYS,
    are_refused,
    is_category_question,
    is_note,
    is_state,
    option_ids,
    plain_options,
)
from gadget_trainer.formats.prodigy_repeats import is_by_words
from gadget_trainer.formats.prodigy_spans import FIELDS, are_fields, span_object, span_objects

_OF_SEVERAL = frozenset({HASH, *BINARY_KEYS})
"""Keys by which rows may be known to be of one text."""


class Rows:
    """The rows of one file, in their order.

    Texts that are the same stay texts of their own when they are read again: from the second of them on, the row has
    ``_kept``, and in it the keys by which rows are known to be of one text.
    """

    def __init__(self) -> None:
        self._written: set[int] = set()
        """Hashes of what rows are known by: a million texts would take too much memory."""

    def row(self, annotated: AnnotatedText) -> dict[str, Any]:
        """The next row."""
        row = row_of(annotated)
        if annotated.meta.keys().isdisjoint(_OF_SEVERAL):
            return self._apart(row)
        judging = [key for key in BINARY_KEYS if is_binary({key: row.get(key)}, row.get("answer"))]
        if judging and self._is_known(annotated.text):
            _put_aside(row, judging)
        if type(row.get(HASH)) is int and self._is_known((row[HASH], annotated.text)):
            _put_aside(row, [HASH])
        return self._apart(row)

    def _apart(self, row: dict[str, Any]) -> dict[str, Any]:
        """The row, told apart from one before with the same words."""
        if is_by_words(row) and self._is_known((row["text"],)):
            row[KEPT] = {}
        return row

    def _is_known(self, said: object) -> bool:
        """Whether a row before said the same."""
        number = hash(said)
        is_known = number in self._written
        self._written.add(number)
        return is_known


def _put_aside(row: dict[str, Any], keys: Sequence[str]) -> None:
    row[KEPT] = row.get(KEPT, {}) | {key: row.pop(key) for key in keys}


def row_of(annotated: AnnotatedText) -> dict[str, Any]:
    """The row, with the text's metadata at its top level; what would be mistaken there goes into ``_kept``."""
    ours = _ours(annotated)
    meta = annotated.meta
    kept = {key: meta[key] for key in meta if _would_be_taken(key, annotated, ours)}
    row: dict[str, Any] = {"text": annotated.text}
    brought = {FIELDS} if are_fields(meta.get(FIELDS)) else set()
    row |= {key: value for key, value in meta.items() if key not in kept and key not in brought}
    if kept:
        row[KEPT] = kept
    return row | ours


def _ours(annotated: AnnotatedText) -> dict[str, Any]:
    """The spans, the categories, and what says the state."""
    ours: dict[str, Any] = {}
    if annotated.spans or annotated.state is not TextState.TODO:
        ours["spans"] = span_objects(annotated)
    ours |= _choice(annotated)
    if annotated.state is TextState.DONE:
        ours["answer"] = "accept"
    elif annotated.state is TextState.SKIPPED:
        ours["answer"] = "ignore"
    elif annotated.spans or annotated.categories:
        ours["state"] = annotated.state.value
    if annotated.state is TextState.DONE and not annotated.complete:
        ours["complete"] = False
    if annotated.flagged:
        ours["flagged"] = True
    if annotated.note:
        ours["note"] = annotated.note
    if annotated.refused:
        ours["refused"] = [span_object(span) for span in annotated.refused]
    return ours


def _choice(annotated: AnnotatedText) -> dict[str, Any]:
    """The categories as Prodigy's choice among ``options``: those that the text came with, if they have them all."""
    brought = annotated.meta.get("options")
    if not annotated.categories and not isinstance(brought, list):
        return {}
    ids = option_ids(brought)
    plain = plain_options(annotated.categories)
    if ids.keys() >= set(annotated.categories) and isinstance(brought, list) and brought != plain:
        return {"accept": [ids[name] for name in annotated.categories]}
    return {"accept": list(annotated.categories), "options": plain}


def _would_be_taken(key: str, annotated: AnnotatedText, ours: dict[str, Any]) -> bool:
    """Whether a key of the metadata, at the row's top level, would be read as a key of the row itself."""
    if key in ROW_KEYS or key in ours:
        return True
    value = annotated.meta[key]
    return (
        (key == "state" and is_state(value))
        or (key == "flagged" and value is True)
        or (key == "complete" and value is False)
        or (key == "note" and is_note(value))
        or (key == "refused" and are_refused(value))
        or (key == "label" and is_category_question(annotated.meta))
        or (is_binary({key: value}, ours.get("answer")) and (annotated.complete or not annotated.spans))
    )
