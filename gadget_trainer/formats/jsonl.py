"""Prodigy's JSONL, a text a line: what annotators exchange, and the format that loses nothing of a project.

A row's ``answer`` is the state of its text: *accept* is done, *reject* and *ignore* are skipped, and spans
without an answer are taken as done. What an answer cannot say stands in keys of ours, written only when they are
needed: ``"state": "todo"`` for a text that has spans and is not done, ``"complete": false`` for a done text
whose other words are unknown rather than no entities, ``"flagged": true``, the person's ``"note"`` and the
``"refused"`` spans. Categories are what Prodigy calls a choice, ``accept`` of ``options``; a row that asks for
nothing else says nothing of its entities.

Rows that answer a yes or no question are another matter: see :mod:`gadget_trainer.formats.prodigy_answers` and
:mod:`gadget_trainer.formats.prodigy_categories`. Several rows of one text become one text: see
:mod:`gadget_trainer.formats.prodigy_merging`.

All other keys of a row become ``AnnotatedText.meta`` as they are, ``meta["meta"]`` being Prodigy's own, and go
back to the row's top level. A key that would be taken for one of the row's own travels in ``_kept``. Tokens
are not kept, because the pipeline's tokenizer makes them again. For the fields of a span beside its offsets and its
label see :mod:`gadget_trainer.formats.prodigy_spans`.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any, BinaryIO

from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.errors import UserError
from gadget_trainer.formats.export_receipt import ExportReceipt
from gadget_trainer.formats.format import Fit, TokenRules, Writer
from gadget_trainer.formats.json_bytes import json_bytes
from gadget_trainer.formats.json_rows import is_list, listed, sample_rows
from gadget_trainer.formats.json_values import DEEPEST, JsonDecoder, NotJsonError, too_deep
from gadget_trainer.formats.prodigy_answers import Answers, is_binary
from gadget_trainer.formats.prodigy_categories import CategoryAnswers
from gadget_trainer.formats.prodigy_keys import ANSWERS, HASH, are_refused, is_category_question
from gadget_trainer.formats.prodigy_merging import RowsOfTexts
from gadget_trainer.formats.prodigy_patterns import is_pattern
from gadget_trainer.formats.prodigy_records import (
    NO_SPANS,
    RARE_KEYS,
    judged_record,
    meta_of,
    plain_record,
    record_of,
)
from gadget_trainer.formats.prodigy_repeats import is_by_words
from gadget_trainer.formats.prodigy_spans import FIELDS, fields_without_a_span
from gadget_trainer.formats.prodigy_writing import Rows
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.source import Sample, Source
from gadget_trainer.formats.span_lists import note_span_lists
from gadget_trainer.formats.span_reader import RawText, SpanReader

_HASHES = frozenset({HASH, "_task_hash"})
_QUESTION_KEYS = frozenset({"label", "_view_id", "_is_binary", "_binary"})
"""Keys of which a row that answers a yes or no question has one, unless its spans say it."""

_TELLING_MORE = _QUESTION_KEYS | RARE_KEYS | {HASH}
"""Without any of these keys and without spans, a row is a text of its own with an answer and metadata, as most rows are
of the million that there may be."""

_WATCHED_LINES = 1_000
"""Of the rows without spans so many are looked at for what may be spans under another name."""


class ProdigyJsonl(SpanReader, Writer):
    """One JSON object a line, in UTF-8."""

    name = "jsonl"
    title = "Prodigy JSONL"
    suffixes = (".jsonl", ".ndjson")
    limits = (
        "This format holds everything. Prodigy itself takes rows without an answer for accepted ones, and texts that "
        "are to do have none: leave them out if the file is for Prodigy's db-in."
    )

    def recognises(self, sample: Sample) -> Fit:
        """Certain when a row has a text and what Prodigy says of it, no when rows have no text, else by its look."""
        rows = sample_rows(sample)
        if rows and is_pattern(rows[0]):
            return Fit.NO
        if any("text" in row and _is_prodigys(row) for row in rows):
            return Fit.CERTAIN
        beginning = sample.text.lstrip()
        if rows or not beginning.startswith("{"):
            is_line = beginning.startswith("{") and any("text" in row for row in rows)
            return Fit.SHAPE if is_line else Fit.NO
        return Fit.SHAPE if beginning[1:].lstrip().startswith('"') else Fit.NO

    def records(self, source: Source, receipt: Receipt) -> Iterator[RawText]:
        """Yield a text a row; a line that is not JSON ends the import with an error."""
        return _Rows(source, receipt).records(_lines(source))

    def telling(self, source: Source) -> Iterator[RawText]:
        r"""Leave out the rows in plain ASCII that have no ``\r\n`` and do not repeat the texts of their spans."""
        lines = ((number, line) for number, line in _lines(source) if not _is_plain(line))
        return _Rows(source, Receipt(source.name, self.title)).records(lines)

    def write(
        self, stream: BinaryIO, texts: Iterable[AnnotatedText], receipt: ExportReceipt, rules: TokenRules
    ) -> None:
        """Write every text; the format holds all of them, with spans, categories, states, flags and metadata."""
        rows = Rows()
        for annotated in texts:
            stream.write(json_bytes(rows.row(annotated)) + b"\n")
            receipt.texts_written += 1
            receipt.spans_written += len(annotated.spans)
            if FIELDS in annotated.meta and (gone := fields_without_a_span(annotated)):
                receipt.not_held["fields of spans that are gone"] += gone


class _Rows:
    """The rows of a file, which may wait for others of the same text."""

    def __init__(self, source: Source, receipt: Receipt) -> None:
        self._source = source
        self._receipt = receipt
        self._decoder = JsonDecoder()
        self._answers = Answers()
        self._questions = CategoryAnswers()
        self._several = RowsOfTexts(partial(_lines, source), source.stream, self._answers)

    def records(self, lines: Iterable[tuple[int, str]]) -> Iterator[RawText]:
        name, receipt = self._source.name, self._receipt
        is_first = True
        for number, line in lines:
            if not line or line.isspace():
                continue
            where = f"{name}:{number}"
            row = self._decoded(line, where)
            if is_first and is_pattern(row):
                raise UserError(f"{name} holds match patterns, and no texts. Choose the file with the texts.")
            is_first = False
            if isinstance(row, dict) and row.get("spans") in NO_SPANS and _TELLING_MORE.isdisjoint(row):
                record = plain_record(row, where, receipt)
                if record is not None:
                    if number <= _WATCHED_LINES:
                        note_span_lists(row, record.text, where, receipt)
                    if record.state is None or self._several.is_alone(record.text):
                        yield record
                    else:
                        yield from self._several.take(None, record, receipt, is_answer=False, by_words=True)
            else:
                yield from self._texts(row, where)
        yield from self._several.rest(receipt)
        yield from self._answers.texts()
        yield from self._questions.texts(receipt)

    def _texts(self, row: object, where: str) -> Iterable[RawText]:
        """The text that a row completes, if it does not wait for others."""
        receipt = self._receipt
        if not isinstance(row, dict):
            receipt.texts_skipped.add(where, "the line is JSON, but not an object")
            return ()
        row_hash, by_words = row.get(HASH), is_by_words(row)
        is_answer = False
        if _may_answer(row):
            if "label" in row and is_category_question(row):
                self._take_category(row, where)
                return ()
            is_answer = is_binary(row, row["answer"])
        lost = receipt.spans_lost.count
        record = judged_record(row, where, receipt) if is_answer else record_of(row, where, receipt)
        if record is None:
            return ()
        if record.meta:
            note_span_lists(record.meta, record.text, where, receipt)
        if row_hash is None and not is_answer and (not by_words or self._several.is_alone(record.text)):
            return (record,)
        if receipt.spans_lost.count > lost:  # it may come out when this is no longer to be seen
            record = record._replace(complete=False)
        return self._several.take(row_hash, record, receipt, is_answer=is_answer, by_words=by_words)

    def _decoded(self, line: str, where: str) -> object:
        odd_numbers = self._decoder.odd_numbers
        try:
            row = self._decoder.whole(line)
        except NotJsonError as error:
            raise UserError(
                f"{where} is not a JSON object on one line: {error} (character {error.position + 1:,}). "
                "Mend the line or take it out, and import the file again."
            ) from error
        if self._decoder.odd_numbers > odd_numbers:
            self._receipt.remarks.add(where, "a number such as NaN or 1e999 was read as null")
        # Counting brackets is quick, and nearly all lines have fewer than the levels that are too many.
        if (
            len(line) > 2 * DEEPEST
            and line.count("[") + line.count("{") > DEEPEST
            and isinstance(row, dict)
            and too_deep(meta_of({**row}), DEEPEST + 1)
        ):
            raise UserError(
                f"{where} nests lists and objects too deeply. Take the line out, and import the file again."
            )
        return row

    def _take_category(self, row: dict[str, Any], where: str) -> None:
        """Take a row that asks whether one category fits."""
        category, fits = row.pop("label"), row["answer"] == "accept"
        row["answer"] = "accept"
        if row.pop("_view_id", None) is not None:
            self._receipt.drop_field(where, "_view_id")
        record = record_of(row, where, self._receipt)
        if record is not None:
            self._questions.take(record, category, self._receipt, fits=fits)


def _may_answer(row: dict[str, Any]) -> bool:
    """Whether the row may answer a yes or no question; most rows are soon known not to."""
    judged = row.get("spans") or not _QUESTION_KEYS.isdisjoint(row)
    return bool(judged) and row.get("answer") in ("accept", "reject")


def _is_plain(line: str) -> bool:
    return line.isascii() and "\\u" not in line and "\\r\\n" not in line and line.count('"text"') < 2


def _lines(source: Source) -> Iterator[tuple[int, str]]:
    """The rows as the file has them: its lines, or the elements of the list that it is."""
    return listed(source) if is_list(source) else source.lines()


def _is_prodigys(row: dict[str, Any]) -> bool:
    """Whether a row says something as Prodigy does, or as we do."""
    answer, spans = row.get("answer"), row.get("spans")
    says = (isinstance(answer, str) and answer in ANSWERS) or not row.keys().isdisjoint(_HASHES)
    return (
        says
        or are_refused(row.get("refused"))
        or any(
            isinstance(span, dict) and {"start", "end", "label"} <= span.keys()
            for span in (spans if isinstance(spans, list) else ())
        )
    )


FORMAT = ProdigyJsonl()
