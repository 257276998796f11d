"""Label Studio's JSON export, with annotations and predictions, and its shorter form JSON-MIN.

Of several annotations of a task the ground truth is taken, else the newest that was not cancelled; where there are
none, the predictions, for a text that is then to do. Choices about the whole text are its categories. All results go to
``meta["labelstudio"]``, those of spans with code points for offsets: what is said of a span has its id. Of tasks with
several texts one is read, and the regions of the others are kept there as they are.
"""

from collections.abc import Iterator

from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.formats.cleaning import RawSpan, printable, quoted, span_name, text_problem
from gadget_trainer.formats.format import Fit
from gadget_trainer.formats.json_rows import Row, rows, sample_rows
from gadget_trainer.formats.kept_places import Kept, place_in, still_there
from gadget_trainer.formats.labelstudio_answers import ANNOTATIONS, answers_of, count_what_is_not_taken
from gadget_trainer.formats.labelstudio_results import (
    choices,
    edges_of,
    labels_of,
    moved,
    results_of,
    spans_of,
    value_of,
)
from gadget_trainer.formats.labelstudio_setup import Setup, Stated, Task, setup_of
from gadget_trainer.formats.offset_units import OffsetMap, Reading
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.source import Sample, Source
from gadget_trainer.formats.span_reader import RawText, SpanReader

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
    has_results = any(isinstance(row.get(key), list) for key in (*ANNOTATIONS, "predictions"))
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
            strings, [_stated_span(item, name, name) for name in _columns(row) for item in results_of(row[name])]
        )
    strings = {name: value for name, value in data.items() if isinstance(value, str)}
    results = results_of(answers_of(row).taken.get("result"))
    found = [(value, result) for result, value, _key in spans_of(results)]
    stated = [_stated_span(value, one.get("from_name"), one.get("to_name")) for value, one in found]
    return Task(strings, stated, [one.get("to_name") for one in results if choices(one)])


def _stated_span(value: Row, from_name: object, to_name: object) -> Stated:
    edges = edges_of(value)
    return Stated(edges.get("start"), edges.get("end"), value.get("text"), from_name, to_name)


def _task(row: Row, setup: Setup, where: str, receipt: Receipt) -> RawText | None:
    data = row["data"]
    setup = _setup_for(data, row, setup, where, receipt)
    problem = text_problem(data.get(setup.key))
    if problem is not None:
        receipt.texts_skipped.add(where, problem)
        return None
    answers = answers_of(row)
    count_what_is_not_taken(row, answers, where, receipt)
    every = results_of(answers.taken.get("result"))
    elsewhere = [one for one in every if _is_about_a_text(one) and setup.other_field(one.get("to_name"))]
    others = set(map(id, elsewhere))
    results = [one for one in every if id(one) not in others]
    for result in elsewhere:
        field = setup.other_field(result.get("to_name"))
        for _result, value, name in spans_of([result]):
            _note_elsewhere(value, name, field, setup.key, where, receipt)
        for choice in choices(result):
            receipt.remarks.add(where, _elsewhere(field, setup.key), quoted(choice))
    spans = [raw for result, value, name in spans_of(results) for raw in _labelled(value, name, where, receipt)]
    meta: Row = {"data": {name: value for name, value in data.items() if name != setup.key}, "result": results}
    meta |= {"elsewhere": elsewhere, "not_taken": answers.left_behind(), "id": row.get("id"), **setup.kept()}
    categories = [choice for result in results for choice in choices(result)]
    # Who was asked for categories alone was not asked for entities.
    complete = not any(map(choices, every)) or any(True for _span in spans_of(every))
    text, brought = data[setup.key], _brought(meta)
    return RawText(where, text, spans, answers.state, meta=brought, complete=complete, categories=categories)


def _brought(meta: Row) -> Row:
    """What a text keeps of its task: that of it which is something."""
    kept = {name: value for name, value in meta.items() if value}
    return {"labelstudio": kept} if kept else {}


def _note_elsewhere(value: Row, key: str, field: str | None, taken: str, where: str, receipt: Receipt) -> None:
    """Remark on the spans of a region that belongs to another text of the task."""
    edges = edges_of(value)
    for label in labels_of(value, key) or [None]:
        span = RawSpan(edges.get("start"), edges.get("end"), label)
        receipt.remarks.add(where, _elsewhere(field, taken), span_name(span))


def _elsewhere(field: str | None, taken: str) -> str:
    return f"it belongs to the field {quoted(field)}, and was kept as it is: the text is read from {quoted(taken)}"


def _is_about_a_text(result: Row) -> bool:
    """Whether a result is about a stretch of a text, or chooses something for all of it."""
    return value_of(result) is not None or bool(choices(result))


def _setup_for(strings: Row, row: Row, setup: Setup, where: str, receipt: Receipt) -> Setup:
    """The setup for a task: that of all of the file, unless its text is elsewhere."""
    if isinstance(strings.get(setup.key), str):
        return setup
    found = _stated(row)
    if not found.strings:
        return setup
    own = setup_of([found])
    receipt.remarks.add(where, "its text is under another key than those of the other tasks", quoted(own.key))
    return setup._replace(key=own.key, fields=own.fields)


def _labelled(value: Row, key: str, where: str, receipt: Receipt) -> Iterator[RawSpan]:
    """A span a label: a stretch may have several, of which the receipt then counts all but one as lost."""
    labels, edges = labels_of(value, key), edges_of(value)
    if not labels:
        place = f"{quoted(edges.get('start'))}–{quoted(edges.get('end'))}"
        surface = value.get("text")
        detail = f"{place} {quoted(surface)}" if isinstance(surface, str) else place
        receipt.spans_lost.add(where, "it has no label that can be used", detail)
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
        names = [receipt.name_of(label) if isinstance(label, str) else label for label in labels]
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
    every, setup = _columns(row), _setup_for(row, row, setup, where, receipt)
    problem = text_problem(row.get(setup.key))
    if problem is not None:
        receipt.texts_skipped.add(where, problem)
        return None
    columns = [name for name in every if setup.other_field(name) is None]
    spans: list[RawSpan] = []
    for name in every:
        for item in results_of(row[name]):
            if name in columns:
                spans += _labelled(item, "labels", where, receipt)
            else:
                _note_elsewhere(item, "labels", setup.other_field(name), setup.key, where, receipt)
    chosen = [choice for value in row.values() for choice in _min_choices(value)]
    taken = {name for name, value in row.items() if _min_choices(value)} | {*columns, setup.key, "id"}
    # Without ids, what is said of a stretch cannot go back to it.
    dropped = {
        name
        for name in row.keys() - taken - set(every)
        if name in _OF_EXPORT or any(map(_is_stretch, results_of(row[name])))
    }
    for name in sorted(dropped):
        receipt.drop_field(where, printable(name))
    data = {name: value for name, value in row.items() if name not in taken | dropped}
    # What the text's tag is called is not in this form, where a column is called after the tag of its labels.
    meta = {"data": data, "id": row.get("id"), **setup._replace(to_name=Setup().to_name).kept()}
    complete = not chosen or bool(columns)
    return RawText(where, row[setup.key], spans, None, meta=_brought(meta), complete=complete, categories=chosen)


def _is_stretch(item: Row) -> bool:
    return {"start", "end"} <= item.keys()


def _min_choices(value: object) -> list[object]:
    """Several choices as JSON-MIN writes them; a single one is a string that nothing tells from others."""
    found = value.get("choices") if isinstance(value, dict) else None
    return found if isinstance(found, list) else []


FORMAT = LabelStudioJson()
