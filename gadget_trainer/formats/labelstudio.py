"""Label Studio's JSON export, with annotations and predictions, and its shorter form JSON-MIN.

Of several annotations of a task the ground truth is taken, else the newest that was not cancelled; where there are
none, the predictions, for a text that is then to do. Choices about the whole text are its categories. All results go to
``meta["labelstudio"]``, those of spans with code points for offsets: what is said of a span has its id.
"""

from collections.abc import Iterator

from gadget_trainer.corpus.records import AnnotatedText, TextState
from gadget_trainer.formats.cleaning import RawSpan, printable, quoted, text_problem
from gadget_trainer.formats.format import Fit
from gadget_trainer.formats.json_rows import Row, rows, sample_rows
from gadget_trainer.formats.kept_places import Kept, place_in, still_there
from gadget_trainer.formats.labelstudio_results import choices, edges_of, labels_of, moved, results_of, spans_of
from gadget_trainer.formats.labelstudio_setup import Setup, Stated, Task, setup_of
from gadget_trainer.formats.offset_units import OffsetMap, Reading
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.source import Sample, Source
from gadget_trainer.formats.span_reader import RawText, SpanReader

_ANNOTATIONS = ("annotations", "completions")
_KEPT_OF_ANNOTATION = frozenset({"result", "id", "was_cancelled"})
_OF_EXPORT = frozenset({"annotator", "annotation_id", "lead_time", "created_at", "updated_at"})
"""What JSON-MIN says of the annotation beside the data of the task."""


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

    def read(self, source: Source, receipt: Receipt, offsets: Reading | None = None) -> Iterator[AnnotatedText]:
        """Yield a text a task, with the results of the spans that it has."""
        for annotated in super().read(source, receipt, offsets):
            has_results = "result" in annotated.meta.get("labelstudio", ())
            yield _located(annotated, receipt) if has_results else annotated

    def records(self, source: Source, receipt: Receipt) -> Iterator[RawText]:
        """Yield a text a task; where their texts are is decided once, by all of them."""
        setup = setup_of(_stated(row) for _where, row in rows(source, Receipt(source.name, self.title)))
        for where, row in rows(source, receipt):
            read = _task if isinstance(row.get("data"), dict) else _minimal
            record = read(row, setup, where, receipt)
            if record is not None:
                yield record


def _is_task(row: Row) -> bool:
    has_results = any(isinstance(row.get(key), list) for key in (*_ANNOTATIONS, "predictions"))
    return isinstance(row.get("data"), dict) and (has_results or any(isinstance(v, str) for v in row["data"].values()))


def _is_min(row: Row) -> bool:
    return any(_is_region_value(item) for items in row.values() if isinstance(items, list) for item in items)


def _is_region_value(item: object) -> bool:
    return isinstance(item, dict) and {"start", "end", "labels"} <= item.keys() and isinstance(item["labels"], list)


def _stated(row: Row) -> Task:
    """What a row tells of the setup."""
    data = row.get("data")
    if not isinstance(data, dict):
        strings = {name: value for name, value in row.items() if isinstance(value, str)}
        return Task(
            strings, [_stated_span(item, name, "text") for name in _columns(row) for item in results_of(row[name])]
        )
    strings = {name: value for name, value in data.items() if isinstance(value, str)}
    chosen, _state = _chosen(row)
    results = results_of(chosen.get("result"))
    found = [(value, result) for result, value, _key in spans_of(results)]
    return Task(strings, [_stated_span(value, one.get("from_name"), one.get("to_name")) for value, one in found])


def _stated_span(value: Row, from_name: object, to_name: object) -> Stated:
    edges = edges_of(value)
    return Stated(edges.get("start"), edges.get("end"), value.get("text"), from_name, to_name)


def _chosen(row: Row) -> tuple[Row, TextState]:
    """The annotation or prediction of a task that is taken, or an empty one, and how far the text is."""
    answers = [one for key in _ANNOTATIONS for one in results_of(row.get(key))]
    valid = [one for one in answers if one.get("was_cancelled") is not True]
    truths = [one for one in valid if one.get("ground_truth") is True]
    found = truths or valid or results_of(row.get("predictions"))
    state = TextState.DONE if valid else TextState.SKIPPED if answers else TextState.TODO
    return (found[-1] if found else {}), state


def _task(row: Row, setup: Setup, where: str, receipt: Receipt) -> RawText | None:
    data = row["data"]
    key = _key(data, row, setup, where, receipt)
    problem = text_problem(data.get(key))
    if problem is not None:
        receipt.texts_skipped.add(where, problem)
        return None
    chosen, state = _chosen(row)
    _count_what_is_not_taken(row, chosen, where, receipt)
    results = results_of(chosen.get("result"))
    spans = [raw for result, value, name in spans_of(results) for raw in _labelled(value, name, where, receipt)]
    meta: Row = {"data": {name: value for name, value in data.items() if name != key}, "result": results}
    meta |= {"id": row.get("id"), **setup._replace(key=key).kept()}
    categories = [choice for result in results for choice in choices(result)]
    # Who was asked for categories alone was not asked for entities.
    complete = not categories or any(True for _span in spans_of(results))
    brought = {"labelstudio": kept} if (kept := {name: value for name, value in meta.items() if value}) else {}
    return RawText(where, data[key], spans, state, meta=brought, complete=complete, categories=categories)


def _key(strings: Row, row: Row, setup: Setup, where: str, receipt: Receipt) -> str:
    """Where the text of a task is: under the key of all of the file, if it has that."""
    if isinstance(strings.get(setup.key), str):
        return setup.key
    found = _stated(row)
    if not found.strings:
        return setup.key
    key = setup_of([found]).key
    receipt.remarks.add(where, "its text is under another key than those of the other tasks", quoted(key))
    return key


def _count_what_is_not_taken(row: Row, chosen: Row, where: str, receipt: Receipt) -> None:
    answers = [one for key in _ANNOTATIONS for one in results_of(row.get(key)) if one.get("was_cancelled") is not True]
    predictions = results_of(row.get("predictions"))
    if len(answers or predictions) > 1:
        receipt.remarks.add(where, "the text has several annotations, of which one was taken")
    if answers and predictions:
        receipt.fields_dropped["predictions"] += len(predictions)
    kind = "annotations" if answers else "predictions"
    for name in sorted(name for name, value in chosen.items() if value and name not in _KEPT_OF_ANNOTATION):
        receipt.drop_field(where, f"{kind}: {printable(name)}")
    for name in sorted(row.keys() - {"data", "id", "predictions", *_ANNOTATIONS}):
        receipt.drop_field(where, printable(name))


def _labelled(value: Row, key: str, where: str, receipt: Receipt) -> Iterator[RawSpan]:
    """A span a label: a stretch may have several, of which the receipt then counts all but one as lost."""
    labels = labels_of(value, key)
    if not labels:
        receipt.spans_lost.add(where, "it has no label that can be used")
    edges = edges_of(value)
    for label in labels:
        yield RawSpan(edges.get("start"), edges.get("end"), label, value.get("text"))


def _located(annotated: AnnotatedText, receipt: Receipt) -> AnnotatedText:
    """The text with the results of which it has the span, in code points; results that are no labelled spans stay."""
    brought = annotated.meta["labelstudio"]
    offsets = OffsetMap(annotated.text, receipt.offsets or Reading.CODE_POINTS)
    found: list[Kept[int]] = []
    results: list[Row] = brought["result"]
    numbers = {id(result): number for number, result in enumerate(results)}
    for result, value, key in spans_of(results):
        edges, labels = edges_of(value), labels_of(value, key)
        names = [receipt.label_names.get(label, label) if isinstance(label, str) else label for label in labels]
        stated = edges.get("start"), edges.get("end"), value.get("text")
        place = place_in(annotated.text, offsets, *stated, receipt.mismatches)
        if labels:
            found.append(Kept(numbers[id(result)], place, names))
    there = dict(still_there(found, annotated.spans))
    gone = {one.item for one in found} - there.keys()
    kept = [
        moved(result, annotated.text, *there[number]) if number in there else result
        for number, result in enumerate(results)
        if number not in gone
    ]
    return annotated._replace(meta={**annotated.meta, "labelstudio": {**brought, "result": kept}})


def _columns(row: Row) -> list[str]:
    """The columns of JSON-MIN that are labelled stretches."""
    return sorted(name for name, value in row.items() if any(map(_is_region_value, results_of(value))))


def _minimal(row: Row, setup: Setup, where: str, receipt: Receipt) -> RawText | None:
    columns, key = _columns(row), _key(row, row, setup, where, receipt)
    problem = text_problem(row.get(key))
    if problem is not None:
        receipt.texts_skipped.add(where, problem)
        return None
    spans: list[RawSpan] = []
    for item in (item for name in columns for item in results_of(row[name])):
        spans += _labelled(item, "labels", where, receipt)
    chosen = [choice for value in row.values() for choice in _min_choices(value)]
    taken = {name for name, value in row.items() if _min_choices(value)} | {*columns, key, "id"}
    # Without ids, what is said of a stretch cannot go back to it.
    dropped = {
        name for name in row.keys() - taken if name in _OF_EXPORT or any(map(_is_stretch, results_of(row[name])))
    }
    for name in sorted(dropped):
        receipt.drop_field(where, printable(name))
    data = {name: value for name, value in row.items() if name not in taken | dropped}
    meta = {"data": data, "id": row.get("id"), **setup._replace(key=key).kept()}
    brought = {"labelstudio": kept} if (kept := {name: value for name, value in meta.items() if value}) else {}
    complete = not chosen or bool(columns)
    return RawText(where, row[key], spans, None, meta=brought, complete=complete, categories=chosen)


def _is_stretch(item: Row) -> bool:
    return {"start", "end"} <= item.keys()


def _min_choices(value: object) -> list[object]:
    """Several choices as JSON-MIN writes them; a single one is a string that nothing tells from others."""
    found = value.get("choices") if isinstance(value, dict) else None
    return found if isinstance(found, list) else []


FORMAT = LabelStudioJson()
