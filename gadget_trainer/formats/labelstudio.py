"""Label Studio's JSON export, with annotations and predictions, and its shorter form JSON-MIN.

Of several annotations of a task the ground truth is taken, else the newest that was not cancelled; where there are
none, the predictions, for a text that is then to do. Choices about the whole text are its categories. Relations and
whatever else is no label of a stretch of the text goes to ``meta["labelstudio"]``, where all results are as they stand.
"""

from collections.abc import Iterator
from typing import Any

from gadget_trainer.corpus.records import TextState
from gadget_trainer.formats.cleaning import RawSpan, printable, text_problem
from gadget_trainer.formats.format import Fit
from gadget_trainer.formats.json_rows import Row, field_span, rows, sample_rows
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.source import Sample, Source
from gadget_trainer.formats.span_reader import RawText, SpanReader

_ANNOTATIONS = ("annotations", "completions")


class LabelStudioJson(SpanReader):
    """A list of tasks."""

    name = "labelstudio"
    title = "Label Studio JSON"
    suffixes = (".json",)

    def recognises(self, sample: Sample) -> Fit:
        """Certain when a task has data and annotations, or a row has labelled stretches as JSON-MIN writes them."""
        found = sample_rows(sample)
        if any(_is_task(row) or _is_min(row) for row in found):
            return Fit.CERTAIN
        keys = ('"data"', '"from_name"', '"to_name"', '"value"')
        return Fit.CERTAIN if not found and all(key in sample.text for key in keys) else Fit.NO

    def records(self, source: Source, receipt: Receipt) -> Iterator[RawText]:
        """Yield a text a task."""
        for where, row in rows(source, receipt):
            record = _task(row, where, receipt) if isinstance(row.get("data"), dict) else _minimal(row, where, receipt)
            if record is not None:
                yield record


def _is_task(row: Row) -> bool:
    has_results = any(isinstance(row.get(key), list) for key in (*_ANNOTATIONS, "predictions"))
    return isinstance(row.get("data"), dict) and (has_results or any(isinstance(v, str) for v in row["data"].values()))


def _is_min(row: Row) -> bool:
    return any(_is_region_value(item) for items in row.values() if isinstance(items, list) for item in items)


def _is_region_value(item: object) -> bool:
    return isinstance(item, dict) and {"start", "end", "labels"} <= item.keys() and isinstance(item["labels"], list)


def _objects(value: object) -> list[Row]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _task(row: Row, where: str, receipt: Receipt) -> RawText | None:
    answers = [one for key in _ANNOTATIONS for one in _objects(row.get(key))]
    valid = [one for one in answers if one.get("was_cancelled") is not True]
    truths = [one for one in valid if one.get("ground_truth") is True]
    predictions = _objects(row.get("predictions"))
    chosen = (truths or valid or predictions)[-1:] if valid or predictions else []
    if len(valid or predictions) > 1:
        receipt.remarks.add(where, "the text has several annotations, of which one was taken")
    if valid and predictions:
        receipt.fields_dropped["predictions"] += len(predictions)
    results = _objects(chosen[0].get("result")) if chosen else []
    key = _text_key(row["data"], results)
    problem = text_problem(row["data"].get(key))
    if problem is not None:
        receipt.texts_skipped.add(where, problem)
        return None
    spans = [raw for result in results for raw in _regions(result, where, receipt)]
    meta: Row = {"data": {name: value for name, value in row["data"].items() if name != key}, "result": results}
    meta["id"] = row.get("id")
    kept = {name: value for name, value in meta.items() if value}
    for name in row.keys() - {"data", "id", "predictions", *_ANNOTATIONS}:
        receipt.fields_dropped[printable(name)] += 1
    state = TextState.DONE if valid else TextState.SKIPPED if answers else TextState.TODO
    categories = [choice for result in results for choice in choices(result)]
    # Who was asked for categories alone was not asked for entities.
    complete = not categories or any(_is_labelled(result) for result in results)
    brought = {"labelstudio": kept} if kept else {}
    return RawText(where, row["data"][key], spans, state, meta=brought, complete=complete, categories=categories)


def _text_key(data: Row, results: list[Row]) -> str:
    """The key of the text: what the results point to, else the longest string."""
    for result in results:
        name = result.get("to_name")
        if isinstance(name, str) and isinstance(data.get(name), str):
            return name
    strings = {key: value for key, value in data.items() if isinstance(value, str)}
    return max(strings, key=lambda key: len(strings[key]), default="text")


def choices(result: Row) -> list[object]:
    """What a result chooses for the whole text."""
    value = result.get("value")
    if result.get("type") != "choices" or not isinstance(value, dict) or "start" in value:
        return []
    chosen = value.get("choices")
    return chosen if isinstance(chosen, list) else []


def _is_labelled(result: Row) -> bool:
    value = result.get("value")
    return isinstance(value, dict) and "start" in value and "end" in value and result.get("type") != "relation"


def _regions(result: Row, where: str, receipt: Receipt) -> Iterator[RawSpan]:
    if not _is_labelled(result):
        return
    yield from _labelled(result["value"], where, receipt)


def _labelled(value: Row, where: str, receipt: Receipt) -> Iterator[RawSpan]:
    """A span a label: a stretch may have several, of which the receipt then counts all but one as lost."""
    if "globalOffsets" in value and isinstance(value["globalOffsets"], dict):
        value = value | value["globalOffsets"]
    labels: Any = value.get("labels", value.get("hypertextlabels"))
    if not isinstance(labels, list) or not labels:
        receipt.spans_lost.add(where, "it has no label that can be used")
        return
    for label in labels:
        yield field_span(value, "start", "end", label)


def _minimal(row: Row, where: str, receipt: Receipt) -> RawText | None:
    regions = {key for key, value in row.items() if any(_is_region_value(item) for item in _objects(value))}
    strings = {key: value for key, value in row.items() if isinstance(value, str)}
    key = "text" if "text" in row else max(strings, key=lambda each: len(strings[each]), default="text")
    problem = text_problem(row.get(key))
    if problem is not None:
        receipt.texts_skipped.add(where, problem)
        return None
    spans = [raw for name in sorted(regions) for item in _objects(row[name]) for raw in _labelled(item, where, receipt)]
    chosen = [choice for value in row.values() for choice in _min_choices(value)]
    taken = {name for name, value in row.items() if _min_choices(value)} | regions | {key}
    rest = {name: value for name, value in row.items() if name not in taken}
    complete = not chosen or bool(regions)
    meta = {"labelstudio": rest} if rest else {}
    return RawText(where, row[key], spans, None, meta=meta, complete=complete, categories=chosen)


def _min_choices(value: object) -> list[object]:
    """Several choices as JSON-MIN writes them; a single one is a string that nothing tells from others."""
    found = value.get("choices") if isinstance(value, dict) else None
    return found if isinstance(found, list) else []


FORMAT = LabelStudioJson()
