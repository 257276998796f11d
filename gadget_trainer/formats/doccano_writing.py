"""doccano's JSONL, as its import reads it: a text a line with ``label``, or ``entities`` where it has more than spans.

Those are ids and relations that it brought, or categories, which stand under ``cats``, and under ``label`` where nobody
looked for entities.

Offsets count UTF-16 units, as doccano's own files do while its grapheme mode is off, which is the default. What a text
brought from doccano goes back into its row; a relation goes back if both of the spans that it joins are still there.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, BinaryIO

from gadget_trainer.corpus.offsets import Utf16Map
from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.formats.export_receipt import ExportReceipt
from gadget_trainer.formats.format import TokenRules, Writer
from gadget_trainer.formats.json_bytes import json_bytes

_Triple = tuple[int, int, str]
_OURS = ("text", "entities", "relations", "label", "cats")


class DoccanoWriter(Writer):
    """An object a line."""

    name = "doccano"
    title = "doccano JSONL"
    suffixes = (".jsonl",)
    by_ending = False
    limits = (
        "Skipped texts are left out. Whether a text without spans is done, whether words are unknown, flags, notes, "
        "refused spans and metadata of other programs have no place in it."
    )

    def write(
        self, stream: BinaryIO, texts: Iterable[AnnotatedText], receipt: ExportReceipt, rules: TokenRules
    ) -> None:
        """Write all texts but the skipped ones."""
        for number, annotated in enumerate(texts, start=1):
            if annotated.state is TextState.SKIPPED:
                receipt.texts_left_out.add(receipt.place(annotated, number), "the text is skipped")
                continue
            stream.write(json_bytes(_row(annotated, receipt)) + b"\n")
            receipt.count_written(annotated, len(annotated.spans), kept_meta=("doccano",), categories=True)
            receipt.count_unknown(annotated)
            receipt.count_state(annotated)


def _row(annotated: AnnotatedText, receipt: ExportReceipt) -> dict[str, Any]:
    kept = annotated.meta.get("doccano")
    row: dict[str, Any] = {"text": annotated.text}
    others = kept if isinstance(kept, Mapping) else {}
    row |= {key: value for key, value in others.items() if key not in _OURS}
    units = Utf16Map(annotated.text)
    triples = [(units.to_utf16(span.start), units.to_utf16(span.end), span.label) for span in annotated.spans]
    listed = others.get("relations", [])
    relations = _objects(listed)
    if annotated.categories and not triples and not annotated.complete:
        return row | {"label": list(annotated.categories)}  # nobody looked for entities, as in a classification
    if annotated.categories:
        row["cats"] = list(annotated.categories)
    if not isinstance(listed, list):
        row["relations"] = listed  # not doccano's own
    if not listed and "entities" not in others:
        return row | {"entities" if annotated.categories else "label": triples}
    entities = _entities(annotated.spans, triples, _objects(others.get("entities")), relations)
    ids = [entity["id"] for entity in entities]
    held = [one for one in relations if one.get("from_id") in ids and one.get("to_id") in ids]
    if isinstance(listed, list) and len(held) < len(listed):
        receipt.not_held["relations of spans that are gone"] += len(listed) - len(held)
    return row | {"entities": entities} | ({"relations": held} if "relations" in others.keys() - row.keys() else {})


def _objects(value: object) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _entities(
    spans: Sequence[Span], triples: Sequence[_Triple], kept: list[dict[str, Any]], relations: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The spans, each with all that was brought of it, else with a new id, which no relation points to."""
    used = [one.get("id") for one in kept] + [one.get(end) for one in relations for end in ("from_id", "to_id")]
    free = max((one for one in used if isinstance(one, int)), default=0)
    entities: list[dict[str, Any]] = []
    for span, (start, end, label) in zip(spans, triples, strict=True):
        place = (span.start, span.end)
        brought = [one for one in kept if (one.get("start_offset"), one.get("end_offset")) == place]
        for one in brought or [{"id": None}]:
            known = one.get("id")
            if known is None:
                free += 1
                known = free
            entities.append({**one, "id": known, "label": label, "start_offset": start, "end_offset": end})
    return entities


FORMAT = DoccanoWriter()
