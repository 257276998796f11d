"""The rows of Prodigy's JSONL one by one: a text with its spans and all else that the row says of it."""

from typing import Any

from gadget_trainer.corpus.records import TextState
from gadget_trainer.formats.cleaning import RawSpan, quoted, span_name, text_problem
from gadget_trainer.formats.prodigy_answers import span_answer
from gadget_trainer.formats.prodigy_categories import take_choice
from gadget_trainer.formats.prodigy_keys import ANSWERS, are_refused, is_note, is_state
from gadget_trainer.formats.prodigy_spans import raw_spans, with_all_fields
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.span_reader import RawText

NO_SPANS: tuple[object, ...] = (None, [])
RARE_KEYS = frozenset({"tokens", "accept", "state", "complete", "flagged", "note", "refused", "_kept"})
"""Keys that make a row more than a text with spans, an answer and metadata."""


def plain_record(row: dict[str, Any], where: str, receipt: Receipt) -> RawText | None:
    """The same as :func:`record_of` of a row of which no more than text, answer and metadata is to be understood."""
    text = row.pop("text", None)
    problem = text_problem(text)
    if problem is not None:
        receipt.texts_skipped.add(where, problem)
        return None
    row.pop("spans", None)
    return RawText(where, text, (), _state(row, row.pop("answer", None), where, receipt), False, row, True)  # noqa: FBT003


def record_of(row: dict[str, Any], where: str, receipt: Receipt) -> RawText | None:
    """The text of a row, or None when it has none that can be kept."""
    text = row.pop("text", None)
    problem = text_problem(text)
    if problem is not None:
        receipt.texts_skipped.add(where, problem)
        return None
    answer = row.pop("answer", None)
    if RARE_KEYS.isdisjoint(row):
        listed = row.pop("spans", None)
        spans = () if listed in NO_SPANS else _spans(listed, answer, where, receipt, row)
        return RawText(where, text, spans, _state(row, answer, where, receipt), False, row, True)  # noqa: FBT003
    return _full_record(row, text, answer, where, receipt)


def _full_record(row: dict[str, Any], text: str, answer: object, where: str, receipt: Receipt) -> RawText:
    """The text of a row that may have any of the keys that are ours, or Prodigy's for a choice."""
    if row.pop("tokens", None) is not None:
        receipt.drop_field(where, "tokens")
    chosen = take_choice(row)
    # Who was asked for a choice was not asked for entities.
    complete = chosen is None or "spans" in row
    spans = _spans(row.pop("spans", None), answer, where, receipt, row)
    state = _state(row, answer, where, receipt)
    if (state is TextState.DONE or (state is None and (spans or chosen))) and row.get("complete") is False:
        complete = row.pop("complete")
    return RawText(
        where,
        text,
        spans,
        state,
        flagged=row.get("flagged") is True and row.pop("flagged"),
        note=row.pop("note") if is_note(row.get("note")) else "",
        refused=tuple(raw_spans(row.pop("refused"), where, receipt)) if are_refused(row.get("refused")) else (),
        categories=_categories(chosen, answer, where, receipt) if chosen else (),
        complete=complete,
        meta=meta_of(row),
    )


def _state(row: dict[str, Any], answer: object, where: str, receipt: Receipt) -> TextState | None:
    """What the row says of its text; takes our own key out of it."""
    if isinstance(answer, str) and answer in ANSWERS:
        return ANSWERS[answer]
    if answer is not None:
        receipt.remarks.add(where, "an answer that is not accept, reject or ignore counts as none", quoted(answer))
    if is_state(row.get("state")):
        return TextState(row.pop("state"))
    return None


def meta_of(row: dict[str, Any]) -> dict[str, Any]:
    """What is left of a row, with the keys that were put aside when it was written."""
    return row | row.pop("_kept") if isinstance(row.get("_kept"), dict) else row


def _categories(chosen: list[object], answer: object, where: str, receipt: Receipt) -> list[object]:
    if answer != "reject":
        return chosen
    for category in chosen:
        receipt.categories_lost.add(where, "the answer was reject", quoted(category))
    return []


def _spans(value: object, answer: object, where: str, receipt: Receipt, row: dict[str, Any]) -> list[RawSpan]:
    raws = list(raw_spans(value, where, receipt, row if answer != "reject" else None))
    if answer == "reject":
        for raw in raws:
            receipt.spans_lost.add(where, "the answer was reject", span_name(raw))
        return []
    return raws


def judged_record(row: dict[str, Any], where: str, receipt: Receipt) -> RawText | None:
    """The text of a row whose spans are accepted or rejected one by one."""
    answer = row["answer"]
    items = row.pop("spans", None)
    listed = items if isinstance(items, list) else []
    sides: dict[str, list[object]] = {"accept": [], "reject": []}
    for item in listed:
        sides[span_answer(item) or answer].append(item)
    row["answer"] = "accept"
    record = record_of(row, where, receipt)
    if record is None:
        return None
    fields: dict[str, Any] = {}
    spans = tuple(raw_spans(sides["accept"], where, receipt, fields))
    refused = (*record.refused, *raw_spans(sides["reject"], where, receipt))
    state = TextState.DONE if spans else TextState.TODO
    meta = with_all_fields(record.meta or {}, [fields])
    return record._replace(spans=spans, refused=refused, state=state, complete=False, meta=meta)
