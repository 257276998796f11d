"""Prodigy's JSONL, a text a line: what annotators exchange, and the format that loses nothing of a project.

A row's ``answer`` is the state of its text: *accept* is done, *reject* and *ignore* are skipped, and spans
without an answer are taken as done. What an answer cannot say stands in keys of ours, written only when they are
needed: ``"state": "todo"`` for a text that has spans and is not done, ``"complete": false`` for a done text
whose other words are unknown rather than no entities, ``"flagged": true``, the person's ``"note"`` and the
``"refused"`` spans.

Rows that answer a yes or no question are another matter: see :mod:`gadget_trainer.formats.prodigy_answers`.

All other keys of a row become ``AnnotatedText.meta`` as they are, ``meta["meta"]`` being Prodigy's own, and go
back to the row's top level. A key that would be taken for one of the row's own travels in ``_kept``. Tokens
are not kept, because the pipeline's tokenizer makes them again; of a span its offsets and label are.
"""

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.errors import UserError
from gadget_trainer.formats.cleaning import RawSpan, printable, quoted, span_name, text_problem
from gadget_trainer.formats.format import Fit, Writer
from gadget_trainer.formats.json_bytes import json_bytes
from gadget_trainer.formats.json_values import DEEPEST, JsonDecoder, NotJsonError, too_deep
from gadget_trainer.formats.prodigy_answers import Answers, is_binary, span_answer
from gadget_trainer.formats.receipt import ExportReceipt, Receipt
from gadget_trainer.formats.source import Sample, Source
from gadget_trainer.formats.span_reader import RawText, SpanReader

_ANSWERS = {"accept": TextState.DONE, "reject": TextState.SKIPPED, "ignore": TextState.SKIPPED}
_STATES = frozenset(TextState)
_ROW_KEYS = frozenset({"text", "spans", "answer", "tokens", "_kept"})
_TELLING_KEYS = frozenset({"spans", "answer", "tokens", "_input_hash", "_task_hash"})
_SPAN_KEYS = frozenset({"start", "end", "label", "text", "token_start", "token_end", "answer", "input_hash"})
"""The fields of a span that are kept, or follow from its offsets."""
_OURS = frozenset({"start", "end", "label"})
"""Those of a span that we write."""


class ProdigyJsonl(SpanReader, Writer):
    """One JSON object a line, in UTF-8."""

    name = "jsonl"
    title = "Prodigy JSONL"
    suffixes = (".jsonl", ".ndjson")

    def recognises(self, sample: Sample) -> Fit:
        """Certain when a row has a text and Prodigy's keys, no when rows have no text, else by the look of a row."""
        if not sample.text.lstrip().startswith("{"):
            return Fit.NO
        lines = sample.text.split("\n")[:20]
        rows = [row for line in (lines if sample.whole else lines[:-1]) if (row := _row_or_none(line))]
        if rows and _is_pattern(rows[0]):
            return Fit.CERTAIN  # to be refused with the reason
        if any("text" in row for row in rows):
            return Fit.CERTAIN if any(row.keys() & _TELLING_KEYS for row in rows) else Fit.SHAPE
        first = sample.text.lstrip()[1:].lstrip()
        return Fit.SHAPE if not rows and first.startswith('"') else Fit.NO

    def records(self, source: Source, receipt: Receipt) -> Iterator[RawText]:
        """Yield a text a row; a line that is not JSON ends the import with an error."""
        return _records(source, source.lines(), receipt)

    def telling(self, source: Source) -> Iterator[RawText]:
        """Leave out the rows in plain ASCII that do not repeat the texts of their spans."""
        lines = ((number, line) for number, line in source.lines() if not _is_plain(line))
        return _records(source, lines, Receipt(source.name, self.title))

    def write(self, stream: BinaryIO, texts: Iterable[AnnotatedText], receipt: ExportReceipt, language: str) -> None:  # noqa: ARG002
        """Write every text; the format holds all of them, with spans, states, flags and metadata."""
        for annotated in texts:
            row = _row(annotated)
            stream.write(json_bytes(row) + b"\n")
            receipt.texts_written += 1
            receipt.spans_written += len(annotated.spans)


def _records(source: Source, lines: Iterable[tuple[int, str]], receipt: Receipt) -> Iterator[RawText]:
    decoder = JsonDecoder()
    answers = Answers()
    is_first = True
    for number, line in lines:
        if not line or line.isspace():
            continue
        where = f"{source.name}:{number}"
        odd_numbers = decoder.odd_numbers
        row = _decoded(decoder, line, where)
        if decoder.odd_numbers > odd_numbers:
            receipt.remarks.add(where, "a number such as NaN or 1e999 was read as null")
        if is_first and _is_pattern(row):
            raise UserError(f"{source.name} holds match patterns, and no texts. Choose the file with the texts.")
        is_first = False
        if isinstance(row, dict) and is_binary(row, row.get("answer")):
            record = _judged(row, where, receipt)
            if record is not None:
                answers.take(record, receipt)
            continue
        record = _record(row, where, receipt)
        if record is not None:
            yield record
    yield from answers.texts()


def _is_pattern(row: object) -> bool:
    return isinstance(row, dict) and "text" not in row and {"label", "pattern"} <= row.keys()


def _judged(row: dict[str, Any], where: str, receipt: Receipt) -> RawText | None:
    """The text of a row whose spans are accepted or rejected one by one."""
    answer = row["answer"]
    items = row.pop("spans", None)
    listed = items if isinstance(items, list) else []
    sides: dict[str, list[object]] = {"accept": [], "reject": []}
    for item in listed:
        sides[span_answer(item) or answer].append(item)
    row["answer"] = "accept"
    record = _record(row, where, receipt)
    if record is None:
        return None
    spans = tuple(_raw_spans(sides["accept"], where, receipt))
    refused = tuple(_raw_spans(sides["reject"], where, receipt))
    state = TextState.DONE if spans else TextState.TODO
    return record._replace(spans=spans, refused=refused, state=state, complete=False)


def _is_plain(line: str) -> bool:
    return line.isascii() and "\\u" not in line and line.count('"text"') < 2


def _row_or_none(line: str) -> dict[str, Any] | None:
    try:
        row = JsonDecoder().whole(line)
    except NotJsonError:
        return None
    return row if isinstance(row, dict) else None


def _decoded(decoder: JsonDecoder, line: str, where: str) -> object:
    try:
        return decoder.whole(line)
    except NotJsonError as error:
        raise UserError(
            f"{where} is not a JSON object on one line: {error} (character {error.position + 1:,}). "
            "Mend the line or take it out, and import the file again."
        ) from error


def _record(row: object, where: str, receipt: Receipt) -> RawText | None:
    """The text of a row, or None when it has none that can be kept."""
    if not isinstance(row, dict):
        receipt.texts_skipped.add(where, "the line is JSON, but not an object")
        return None
    problem = text_problem(row.get("text"))
    if problem is not None:
        receipt.texts_skipped.add(where, problem)
        return None
    text = row.pop("text")
    if row.pop("tokens", None) is not None:
        receipt.fields_dropped["tokens"] += 1
    flagged = row.get("flagged") is True and row.pop("flagged")
    note = row.pop("note") if _is_note(row.get("note")) else ""
    answer = row.pop("answer", None)
    spans = _spans(row.pop("spans", None), answer, where, receipt)
    state = _state(row, answer, where, receipt)
    complete = True
    if (state is TextState.DONE or (state is None and spans)) and row.get("complete") is False:
        complete = row.pop("complete")
    refused = tuple(_raw_spans(row.pop("refused"), where, receipt)) if _are_refused(row.get("refused")) else ()
    meta = _meta(row, where)
    return RawText(where, text, spans, state, flagged, meta, complete, note=note, refused=refused)


def _state(row: dict[str, Any], answer: object, where: str, receipt: Receipt) -> TextState | None:
    """What the row says of its text; takes our own key out of it."""
    if isinstance(answer, str) and answer in _ANSWERS:
        return _ANSWERS[answer]
    if answer is not None:
        receipt.remarks.add(where, "an answer that is not accept, reject or ignore counts as none", quoted(answer))
    if _is_state(row.get("state")):
        return TextState(row.pop("state"))
    return None


def _is_state(value: object) -> bool:
    return isinstance(value, str) and value in _STATES


def _is_note(value: object) -> bool:
    """Whether the project can hold it as a note: half a surrogate pair stays metadata."""
    return isinstance(value, str) and bool(value) and text_problem(value) is None


def _are_refused(value: object) -> bool:
    """Whether it is a list of spans as we write them; anything else under that key is metadata."""
    return (
        isinstance(value, list) and bool(value) and all(isinstance(one, dict) and one.keys() == _OURS for one in value)
    )


def _meta(row: dict[str, Any], where: str) -> dict[str, Any]:
    """What is left of a row, with the keys that :func:`_row` put aside."""
    kept = row.pop("_kept") if isinstance(row.get("_kept"), dict) else {}
    meta = row | kept
    if too_deep(meta, DEEPEST + 1):
        raise UserError(f"{where} nests lists and objects too deeply. Take the line out, and import the file again.")
    return meta


def _spans(value: object, answer: object, where: str, receipt: Receipt) -> list[RawSpan]:
    raws = list(_raw_spans(value, where, receipt))
    if answer == "reject":
        for raw in raws:
            receipt.spans_lost.add(where, "the answer was reject", span_name(raw))
        return []
    return raws


def _raw_spans(value: object, where: str, receipt: Receipt) -> Iterator[RawSpan]:
    if value is None:
        return
    if not isinstance(value, list):
        receipt.spans_lost.add(where, "the spans are not a list")
        return
    for item in value:
        if not isinstance(item, dict):
            receipt.spans_lost.add(where, "the span is not an object", quoted(item))
            continue
        if not item.keys() <= _SPAN_KEYS:
            receipt.fields_dropped.update(f"spans: {printable(key)}" for key in item.keys() - _SPAN_KEYS)
        yield RawSpan(item.get("start"), item.get("end"), item.get("label"), item.get("text"))


def _row(annotated: AnnotatedText) -> dict[str, Any]:
    ours = _ours(annotated)
    kept = {key: annotated.meta[key] for key in annotated.meta if _would_be_taken(key, annotated.meta[key], ours)}
    row: dict[str, Any] = {"text": annotated.text}
    row |= {key: value for key, value in annotated.meta.items() if key not in kept}
    if kept:
        row["_kept"] = kept
    return row | ours


def _ours(annotated: AnnotatedText) -> dict[str, Any]:
    """The spans and what says the state."""
    ours: dict[str, Any] = {}
    if annotated.spans or annotated.state is not TextState.TODO:
        ours["spans"] = [_span_object(span) for span in annotated.spans]
    if annotated.state is TextState.DONE:
        ours["answer"] = "accept"
    elif annotated.state is TextState.SKIPPED:
        ours["answer"] = "ignore"
    elif annotated.spans:
        ours["state"] = annotated.state.value
    if annotated.state is TextState.DONE and not annotated.complete:
        ours["complete"] = False
    if annotated.flagged:
        ours["flagged"] = True
    if annotated.note:
        ours["note"] = annotated.note
    if annotated.refused:
        ours["refused"] = [_span_object(span) for span in annotated.refused]
    return ours


def _span_object(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "label": span.label}


def _would_be_taken(key: str, value: object, ours: dict[str, Any]) -> bool:
    """Whether a key of the metadata, at the row's top level, would be read as a key of the row itself."""
    if key in _ROW_KEYS or key in ours:
        return True
    return (
        (key == "state" and _is_state(value))
        or (key == "flagged" and value is True)
        or (key == "complete" and value is False)
        or (key == "note" and _is_note(value))
        or (key == "refused" and _are_refused(value))
    )


FORMAT = ProdigyJsonl()
