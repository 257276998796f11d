"""What the results of a Label Studio annotation are: spans, what is said of them, choices for the text, relations."""

from collections.abc import Iterator
from typing import Any

Result = dict[str, Any]

_LABEL_KEYS = ("labels", "hypertextlabels")
"""The types of results that are spans, and where they have their labels."""


def results_of(value: object) -> list[Result]:
    """The objects of a list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def value_of(result: Result) -> Result | None:
    """The value of a result that is about a stretch of the text; None where it is about something else."""
    value = result.get("value")
    is_region = isinstance(value, dict) and "start" in value and "end" in value and result.get("type") != "relation"
    return value if is_region else None


def label_key(result: Result, value: Result) -> str | None:
    """Where a stretch has its labels; None where it is none but says something of a labelled one, as a choice."""
    kind = result.get("type")
    return next((key for key in _LABEL_KEYS if key in value), kind if kind in _LABEL_KEYS else None)


def labels_of(value: Result, key: str) -> list[object]:
    """The labels of a stretch: several are as many spans, and none is none."""
    labels = value.get(key)
    return labels if isinstance(labels, list) else []


def edges_of(value: Result) -> Result:
    """Where the offsets of a stretch into the text are: beside those into the page, if it is one."""
    offsets = value.get("globalOffsets")
    return offsets if isinstance(offsets, dict) else value


def moved(result: Result, text: str, start: int, end: int) -> Result:
    """A span's result with these offsets, which are code points of the text; unchanged where it has them."""
    value, edges = result["value"], edges_of(result["value"])
    if (edges.get("start"), edges.get("end")) == (start, end):
        return result
    there = {"start": start, "end": end}
    if edges is value:
        return {**result, "value": {**value, **there, **({"text": text[start:end]} if "text" in value else {})}}
    return {**result, "value": {**value, "globalOffsets": {**edges, **there}}}


def spans_of(results: list[Result]) -> Iterator[tuple[Result, Result, str]]:
    """The results that are spans: each with its value, and where that has its labels."""
    for result in results:
        value = value_of(result)
        key = label_key(result, value) if value is not None else None
        if value is not None and key is not None:
            yield result, value, key


def choices(result: Result) -> list[object]:
    """What a result chooses for the whole text."""
    value = result.get("value")
    if result.get("type") != "choices" or not isinstance(value, dict) or "start" in value:
        return []
    chosen = value.get("choices")
    return chosen if isinstance(chosen, list) else []
