"""Label Studio's JSON, ready for its import: tasks with ``data`` and ``annotations``, every region with an id.

A done text is an annotation, one to do whose spans nobody confirmed a prediction, a skipped one a cancelled
annotation. A text that came from Label Studio goes back under the key and with the names of its labelling setup. Else
that is ``<Labels name="label" toName="text">`` on ``<Text name="text" value="$text"/>``, and
``<Choices name="category" toName="text">`` for categories. Offsets are code points. Relations and what is said of a
span go back if the spans are still there, and the regions of other texts of the task as they came.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from typing import Any, BinaryIO

from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.formats.export_receipt import ExportReceipt
from gadget_trainer.formats.format import TokenRules, Writer
from gadget_trainer.formats.json_bytes import json_bytes
from gadget_trainer.formats.kept_places import Place
from gadget_trainer.formats.labelstudio_results import (
    Result,
    choices,
    edges_of,
    labels_of,
    results_of,
    spans_of,
    value_of,
)
from gadget_trainer.formats.labelstudio_setup import Setup, kept_setup


class LabelStudioWriter(Writer):
    """A list of tasks."""

    name = "labelstudio"
    title = "Label Studio JSON"
    suffixes = (".json",)
    by_ending = False
    limits = (
        "Annotations of a text beside the one that was taken are not written. Whether words are unknown, flags, notes, "
        "refused spans and metadata of other programs have no place in it."
    )

    def write(
        self, stream: BinaryIO, texts: Iterable[AnnotatedText], receipt: ExportReceipt, rules: TokenRules
    ) -> None:
        """Write every text, a task a line."""
        separator = b"[\n"
        for number, annotated in enumerate(texts, start=1):
            stream.write(separator + json_bytes(_task(annotated, annotated.id or number, receipt)))
            separator = b",\n"
            receipt.count_written(annotated, len(annotated.spans), kept_meta=("labelstudio",), categories=True)
            receipt.count_unknown(annotated)
        stream.write(b"[]\n" if separator == b"[\n" else b"\n]\n")


def _task(annotated: AnnotatedText, task_id: int, receipt: ExportReceipt) -> dict[str, Any]:
    kept = annotated.meta.get("labelstudio")
    brought: Mapping[str, Any] = kept if isinstance(kept, Mapping) else {}
    data, setup = brought.get("data"), kept_setup(brought)
    elsewhere = results_of(brought.get("elsewhere"))
    result = _result(annotated, task_id, results_of(brought.get("result")), elsewhere, setup, receipt) + elsewhere
    for kind, number in _not_taken(brought):
        receipt.not_held[f"{kind} that were not taken when the text came in"] += number
    annotations: list[dict[str, Any]] = []
    if annotated.state is not TextState.TODO:
        is_skipped = annotated.state is TextState.SKIPPED
        annotations = [{"id": task_id, "was_cancelled": is_skipped, "result": [] if is_skipped else result}]
    unconfirmed = result and annotated.state is not TextState.DONE
    return {
        "id": task_id,
        "data": {**(data if isinstance(data, Mapping) else {}), setup.key: annotated.text},
        "annotations": annotations,
        "predictions": [{"model_version": "gadget-trainer", "result": result}] if unconfirmed else [],
    }


def _not_taken(brought: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """How many annotations and predictions the task had beside the one that became the text's spans."""
    kept = brought.get("not_taken")
    counts: Mapping[str, Any] = kept if isinstance(kept, Mapping) else {}
    for kind in ("annotations", "predictions"):
        number = counts.get(kind)
        if type(number) is int and number > 0:
            yield kind, number


def _result(
    annotated: AnnotatedText,
    task_id: int,
    brought: list[Result],
    elsewhere: list[Result],
    setup: Setup,
    receipt: ExportReceipt,
) -> list[Result]:
    known: dict[Place, list[Result]] = {}
    for one, place in _placed(brought):
        known.setdefault(place, []).append(one)
    new_ids = _new_ids(task_id, [*brought, *elsewhere])
    regions: list[Result] = []
    for span in annotated.spans:
        before = [_labelled(one, span.label) for one in known.get((span.start, span.end), ())]
        regions += before or [_region(annotated.text, span, setup, next(new_ids))]
    others = [one for one in brought if not _has_label(one)]
    ids = [one["id"] for one in regions] + [one.get("id") for one in others if _is_unlabelled(one)]
    ids += [one.get("id") for one in elsewhere]
    for one in others:
        if one.get("type") == "relation" and not all(one.get(end) in ids for end in ("from_id", "to_id")):
            receipt.not_held["relations of spans that are gone"] += 1
        elif value_of(one) is not None and one.get("id") not in ids:
            receipt.not_held["what was said of spans that are gone"] += 1
        elif not choices(one):
            regions.append(one)
    return regions + _choices(annotated.categories, f"{task_id}-0", brought, setup)


def _placed(results: list[Result]) -> Iterator[tuple[Result, Place]]:
    """The results that are spans and have an id, and where they are."""
    for one, value, key in spans_of(results):
        start, end = (edges_of(value).get(name) for name in ("start", "end"))
        if labels_of(value, key) and isinstance(one.get("id"), str) and isinstance(start, int) and isinstance(end, int):
            yield one, (start, end)


def _has_label(result: Result) -> bool:
    """Whether a result is a span of the text, and no stretch without a label nor something said of one."""
    return any(labels_of(value, key) for _result, value, key in spans_of([result]))


def _is_unlabelled(result: Result) -> bool:
    """Whether a result is a stretch that has no label."""
    return not _has_label(result) and any(True for _span in spans_of([result]))


def _new_ids(task_id: int, brought: list[Result]) -> Iterator[str]:
    """Ids that no result has and none points to."""
    names = (one.get(name) for one in brought for name in ("id", "from_id", "to_id"))
    taken = {name for name in names if isinstance(name, str)}
    return (name for name in (f"{task_id}-{number}" for number in count(1)) if name not in taken)


def _labelled(result: Result, label: str) -> Result:
    """What was brought of a span, with the label that it has now."""
    ((_result, value, key),) = spans_of([result])
    return result if value[key] == [label] else {**result, "value": {**value, key: [label]}}


def _choices(categories: tuple[str, ...], new_id: str, brought: list[Result], setup: Setup) -> list[Result]:
    """The categories, each under the choice that it came with, new ones under the first of those."""
    left = list(categories)
    found: list[Result] = []
    for one in brought:
        chosen = [choice for choice in choices(one) if choice in left]
        left = [category for category in left if category not in chosen]
        if chosen:
            found.append({**one, "value": {**one["value"], "choices": chosen}})
    if left and found:
        found[0]["value"]["choices"] += left
    elif left:
        place = {"from_name": "category", "to_name": setup.to_name, "type": "choices", "origin": "manual"}
        found.append({"id": new_id, **place, "value": {"choices": left}})
    return found


def _region(text: str, span: Span, setup: Setup, new_id: str) -> Result:
    return {
        "id": new_id,
        "from_name": setup.from_name,
        "to_name": setup.to_name,
        "type": "labels",
        "origin": "manual",
        "value": {"start": span.start, "end": span.end, "text": text[span.start : span.end], "labels": [span.label]},
    }


FORMAT = LabelStudioWriter()
