"""The JSON of tecoholic's NER annotator: ``{"classes": [...], "annotations": [[text, {"entities": [...]}], null]}``.

It is written in a browser, so offsets count UTF-16 units. A ``null`` is a text that was skipped, and not in the file.
"""

from collections.abc import Iterator

from gadget_trainer.formats.cleaning import RawSpan, quoted, text_problem
from gadget_trainer.formats.format import Fit
from gadget_trainer.formats.json_rows import count_dropped, rows, sample_rows
from gadget_trainer.formats.offset_units import Reading
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.source import Sample, Source
from gadget_trainer.formats.span_reader import RawText, SpanReader

_KEPT = frozenset({"classes", "annotations"})


class NerAnnotator(SpanReader):
    """One object with the labels and the texts."""

    name = "ner-annotator"
    title = "NER annotator JSON"
    suffixes = (".json",)
    unit = Reading.UTF16

    def recognises(self, sample: Sample) -> Fit:
        """Certain when it has classes and annotations."""
        if any({"classes", "annotations"} <= row.keys() for row in sample_rows(sample)):
            return Fit.CERTAIN
        opening = sample.text.lstrip()[:12].replace(" ", "").replace("\n", "")
        is_cut = not sample.whole and opening.startswith('{"classes"') and '"annotations"' in sample.text
        return Fit.CERTAIN if is_cut else Fit.NO

    def records(self, source: Source, receipt: Receipt) -> Iterator[RawText]:
        """Yield a text an annotation, numbered from 1."""
        for where, row in rows(source, receipt):
            count_dropped(receipt, row, _KEPT, "file")
            items = row.get("annotations")
            if not isinstance(items, list):
                receipt.texts_skipped.add(where, "the annotations are not a list")
                continue
            for number, item in enumerate(items, start=1):
                record = _record(item, f"{source.name}:{number}", receipt)
                if record is not None:
                    yield record


def _record(item: object, where: str, receipt: Receipt) -> RawText | None:
    if item is None:
        receipt.texts_skipped.add(where, "the text was skipped in the tool, which left it out of the file")
        return None
    if not isinstance(item, list) or len(item) != 2 or not isinstance(item[1], dict):
        receipt.texts_skipped.add(where, "the record is not a pair of a text and its annotations")
        return None
    problem = text_problem(item[0])
    if problem is not None:
        receipt.texts_skipped.add(where, problem)
        return None
    count_dropped(receipt, item[1], frozenset({"entities"}), "annotations")
    spans: list[RawSpan] = []
    entities = item[1].get("entities")
    if entities is not None and not isinstance(entities, list):
        receipt.spans_lost.add(where, "the entities are not a list", quoted(entities))
    for entity in entities if isinstance(entities, list) else []:
        if isinstance(entity, list) and len(entity) == 3:
            spans.append(RawSpan(*entity))
        else:
            receipt.spans_lost.add(where, "the entity is not [start, end, label]", quoted(entity))
    return RawText(where, item[0], spans, None, complete=True)


FORMAT = NerAnnotator()
