"""Label Studio's JSON, ready for its import: tasks with ``data`` and ``annotations``, every region with an id.

A done text is an annotation, one to do whose spans nobody confirmed a prediction, a skipped one a cancelled
annotation. The labelling setup that it is meant for is ``<Labels name="label" toName="text">`` on
``<Text name="text" value="$text"/>``, and ``<Choices name="category" toName="text">`` for categories, offsets in code
points. What a text brought from Label Studio goes back; a
relation goes back if both of the regions that it joins are still there.
"""

from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO

from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.formats.format import TokenRules, Writer
from gadget_trainer.formats.json_bytes import json_bytes
from gadget_trainer.formats.labelstudio import choices
from gadget_trainer.formats.receipt import ExportReceipt

_Region = dict[str, Any]


class LabelStudioWriter(Writer):
    """A list of tasks."""

    name = "labelstudio"
    title = "Label Studio JSON"
    suffixes = (".json",)
    by_ending = False
    limits = (
        "Whether words are unknown, flags, notes, refused spans and metadata of other programs have no place in it."
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
    data = brought.get("data")
    result = _result(annotated, task_id, brought.get("result"), receipt)
    annotations: list[dict[str, Any]] = []
    if annotated.state is not TextState.TODO:
        is_skipped = annotated.state is TextState.SKIPPED
        annotations = [{"id": task_id, "was_cancelled": is_skipped, "result": [] if is_skipped else result}]
    unconfirmed = result and annotated.state is not TextState.DONE
    return {
        "id": task_id,
        "data": {**(data if isinstance(data, Mapping) else {}), "text": annotated.text},
        "annotations": annotations,
        "predictions": [{"model_version": "gadget-trainer", "result": result}] if unconfirmed else [],
    }


def _result(annotated: AnnotatedText, task_id: int, brought: object, receipt: ExportReceipt) -> list[_Region]:
    listed = [one for one in brought if isinstance(one, dict)] if isinstance(brought, list) else []
    known = {_place(one): one for one in listed if _place(one) is not None}
    regions = [
        _region(annotated.text, span, known, f"{task_id}-{n}") for n, span in enumerate(annotated.spans, start=1)
    ]
    ids = {region["id"] for region in regions}
    for one in listed:
        if one.get("type") == "relation" and not {one.get("from_id"), one.get("to_id")} <= ids:
            receipt.not_held["relations of spans that are gone"] += 1
        elif _place(one) is None and not choices(one):
            regions.append(one)
    return regions + _choices(annotated.categories, task_id, listed)


def _choices(categories: tuple[str, ...], task_id: int, brought: list[_Region]) -> list[_Region]:
    """The categories, each under the choice that it came with, new ones under the first of those."""
    left = list(categories)
    found: list[_Region] = []
    for one in brought:
        chosen = [choice for choice in choices(one) if choice in left]
        left = [category for category in left if category not in chosen]
        if chosen:
            found.append({**one, "value": {**one["value"], "choices": chosen}})
    if left and found:
        found[0]["value"]["choices"] += left
    elif left:
        place = {"from_name": "category", "to_name": "text", "type": "choices", "origin": "manual"}
        found.append({"id": f"{task_id}-0", **place, "value": {"choices": left}})
    return found


def _place(region: _Region) -> tuple[object, object, object] | None:
    """Start, end and label of a region that is a span; None for relations, choices and the like."""
    value = region.get("value")
    if not isinstance(value, dict) or "start" not in value or "end" not in value:
        return None
    labels = value.get("labels")
    label = labels[0] if isinstance(labels, list) and len(labels) == 1 and isinstance(labels[0], str) else None
    return str(value["start"]), str(value["end"]), label


def _region(text: str, span: Span, known: Mapping[Any, _Region], new_id: str) -> _Region:
    before = known.get((str(span.start), str(span.end), span.label))
    if before is not None and isinstance(before.get("id"), str):
        return before
    return {
        "id": new_id,
        "from_name": "label",
        "to_name": "text",
        "type": "labels",
        "origin": "manual",
        "value": {"start": span.start, "end": span.end, "text": text[span.start : span.end], "labels": [span.label]},
    }


FORMAT = LabelStudioWriter()
