"""DataTurks' JSON lines: ``content`` and ``annotation``, whose ends are those of the last character."""

from collections.abc import Iterator

from gadget_trainer.formats.cleaning import RawSpan, quoted, text_problem
from gadget_trainer.formats.format import Fit
from gadget_trainer.formats.json_rows import Row, field_span, rows, sample_rows
from gadget_trainer.formats.offset_units import Reading
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.source import Sample, Source
from gadget_trainer.formats.span_reader import RawText, SpanReader


class DataTurks(SpanReader):
    """An object a line; ``extras`` and metadata become ``meta["dataturks"]``."""

    name = "dataturks"
    title = "DataTurks JSON"
    suffixes = (".json", ".jsonl")
    unit = Reading.INCLUSIVE

    def recognises(self, sample: Sample) -> Fit:
        """Certain when a row has content and its annotation."""
        found = sample_rows(sample)
        return Fit.CERTAIN if any({"content", "annotation"} <= row.keys() for row in found) else Fit.NO

    def records(self, source: Source, receipt: Receipt) -> Iterator[RawText]:
        """Yield a text a row."""
        for where, row in rows(source, receipt):
            text = row.pop("content", None)
            problem = text_problem(text)
            if problem is not None:
                receipt.texts_skipped.add(where, problem)
                continue
            spans = list(_spans(row.pop("annotation", None), where, receipt))
            yield RawText(where, str(text), spans, None, meta={"dataturks": row} if row else {}, complete=True)


def _spans(annotation: object, where: str, receipt: Receipt) -> Iterator[RawSpan]:
    for item in annotation if isinstance(annotation, list) else []:
        labels, points = (item.get("label"), item.get("points")) if isinstance(item, dict) else (None, None)
        names = labels if isinstance(labels, list) else [labels]
        if not isinstance(points, list) or not points:
            detail = " and ".join(map(quoted, names)) if isinstance(item, dict) else quoted(item)
            receipt.spans_lost.add(where, "the annotation has no points", detail)
            continue
        for point in points:
            stated = _as_row(point)
            if not names:
                receipt.spans_lost.add(where, "the annotation has no label", _place(stated))
            yield from (field_span(stated, "start", "end", label) for label in names)


def _place(point: Row) -> str:
    """How a note calls a stretch without a label: ``0–2 “Ana”``."""
    return f"{quoted(point.get('start'))}–{quoted(point.get('end'))} {quoted(point.get('text'))}"


def _as_row(value: object) -> Row:
    return value if isinstance(value, dict) else {}


FORMAT = DataTurks()
