"""spaCy's groups of spans among training annotations, ``{"spans": {"sc": [[start, end, label]]}}``.

Where a text has no ``entities``, the spans of the group ``sc`` are taken, or of the only group. They go back to it: as
they came while they say what the text has, overlaps and all, else as the text has them.
"""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.errors import UserError
from gadget_trainer.formats.cleaning import RawSpan, clean_spans
from gadget_trainer.formats.receipt import Receipt

GROUPS = "spans"
TAKEN = "_spans_of"
"""Under which key of its metadata a text keeps the name of the group that its spans are of."""
_USUAL = "sc"


def group_to_take(annotations: Mapping[Any, Any]) -> str | None:
    """The group whose spans are those of the text; None where there is none, or no telling which."""
    groups = annotations.get(GROUPS)
    if "entities" in annotations or not isinstance(groups, dict):
        return None
    names = [name for name, listed in groups.items() if isinstance(name, str) and _are_spans(listed)]
    if _USUAL in names:
        return _USUAL
    return names[0] if len(names) == 1 and groups[names[0]] else None


def without_group(annotations: Mapping[str, Any], group: str | None) -> dict[str, Any]:
    """The annotations with the other groups alone."""
    groups = annotations.get(GROUPS)
    if group is None or not isinstance(groups, Mapping):
        return dict(annotations)
    left = {name: listed for name, listed in groups.items() if name != group}
    others = {key: value for key, value in annotations.items() if key != GROUPS}
    return {**others, GROUPS: left} if left else others


def with_group(annotations: Mapping[str, Any], group: str, annotated: AnnotatedText) -> dict[str, Any]:
    """The annotations with the spans that the text has now in that group."""
    groups = annotations.get(GROUPS)
    kept: Mapping[str, Any] = groups if isinstance(groups, Mapping) else {}
    came = kept.get(group)
    now = [[span.start, span.end, span.label] for span in annotated.spans]
    return {**annotations, GROUPS: {**kept, group: came if _says(came, annotated) else now}}


def _says(listed: object, annotated: AnnotatedText) -> bool:
    """Whether a list of spans comes to what the text has."""
    if not isinstance(listed, list) or not _are_spans(listed):
        return False
    with suppress(UserError):  # what lies outside the text now is not what it has
        raws = (RawSpan(*one[:3]) for one in listed)
        return clean_spans(annotated.text, raws, "", Receipt("", "")) == tuple(annotated.spans)
    return False


def _are_spans(listed: object) -> bool:
    return isinstance(listed, list | tuple) and all(map(_is_span, listed))


def _is_span(item: object) -> bool:
    if not isinstance(item, list | tuple) or len(item) < 3:
        return False
    return type(item[0]) is int and type(item[1]) is int and isinstance(item[2], str)
