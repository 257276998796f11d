"""labelbuddy's JSON and JSON lines: offsets in characters, in bytes, or in both, of which characters are taken."""

from collections.abc import Iterator

from gadget_trainer.formats.cleaning import RawSpan, text_problem
from gadget_trainer.formats.format import Fit
from gadget_trainer.formats.json_rows import Row, count_dropped, field_span, rows, sample_rows
from gadget_trainer.formats.offset_units import OffsetMap, Reading
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.source import Sample, Source
from gadget_trainer.formats.span_reader import RawText, SpanReader

_KEPT = frozenset({"label_name", "start_char", "end_char", "start_byte", "end_byte"})


class Labelbuddy(SpanReader):
    """A list of documents, or one a line; their metadata becomes ``meta["labelbuddy"]``."""

    name = "labelbuddy"
    title = "labelbuddy JSON"
    suffixes = (".json", ".jsonl")

    def recognises(self, sample: Sample) -> Fit:
        """Certain when an annotation has labelbuddy's names, or a document its checksum."""
        return Fit.CERTAIN if any(_is_telling(row) for row in sample_rows(sample)) else Fit.NO

    def records(self, source: Source, receipt: Receipt) -> Iterator[RawText]:
        """Yield a text a document."""
        for where, row in rows(source, receipt):
            text = row.pop("text", None)
            problem = text_problem(text)
            if problem is not None:
                receipt.texts_skipped.add(where, problem)
                continue
            spans = list(_spans(str(text), row.pop("annotations", None), where, receipt))
            row.pop("utf8_text_md5_checksum", None)
            yield RawText(where, str(text), spans, None, meta={"labelbuddy": row} if row else {}, complete=True)


def _is_telling(row: Row) -> bool:
    annotations = row.get("annotations")
    listed = annotations if isinstance(annotations, list) else []
    return "utf8_text_md5_checksum" in row or any(isinstance(one, dict) and "label_name" in one for one in listed)


def _spans(text: str, annotations: object, where: str, receipt: Receipt) -> Iterator[RawSpan]:
    by_bytes: OffsetMap | None = None
    for item in annotations if isinstance(annotations, list) else []:
        if not isinstance(item, dict):
            receipt.spans_lost.add(where, "the annotation is not an object")
            continue
        count_dropped(receipt, item, _KEPT, "annotations")
        label = item.get("label_name")
        start, end = item.get("start_byte"), item.get("end_byte")
        if "start_char" in item or type(start) is not int or type(end) is not int:
            yield field_span(item, "start_char", "end_char", label)
            continue
        by_bytes = by_bytes or OffsetMap(text, Reading.UTF8)
        place = by_bytes.span(start, end)
        if place is None:
            receipt.spans_lost.add(where, "its offsets are in the middle of a character")
        else:
            yield RawSpan(*place, label)


FORMAT = Labelbuddy()
