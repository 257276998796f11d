"""brat's configuration beside the texts: which types there are, and what the labels are called.

brat knows a type by its storage form, which has nothing but letters and digits of ASCII, ``_`` and ``-``. What a label
is really called stands in ``visual.conf``: for brat, which shows it, and for the way back into a project.
"""

import json
import re
from collections.abc import Iterable, Iterator

from gadget_trainer.formats.export_receipt import ExportReceipt

ANNOTATION = "annotation.conf"
VISUAL = "visual.conf"
_OURS = "# Made by gadget-trainer"
_NAMES = "# Labels: "
_NOT_STORED = re.compile(r"[^a-zA-Z0-9_-]")
_NOT_SHOWN = re.compile(r"[<>|\s]+")
_DRAWING = (
    "[drawing]",
    "SPAN_DEFAULT\tfgColor:black, bgColor:lightgreen, borderColor:black",
    "ARC_DEFAULT\tcolor:black",
    "ATTRIBUTE_DEFAULT\tglyph:*",
)
"""What brat does without the file."""


def is_ours(content: bytes) -> bool:
    """Whether this program made a configuration."""
    return content.startswith(_OURS.encode())


def names_in(content: bytes) -> dict[str, str]:
    """What labels are called, by their storage forms, in a ``visual.conf`` that this program made."""
    if not is_ours(content):
        return {}
    line = next((one for one in content.split(b"\n") if one.startswith(_NAMES.encode())), b"")
    try:
        found = json.loads(line[len(_NAMES) :])
    except (ValueError, RecursionError):
        return {}
    listed = found.items() if isinstance(found, dict) else ()
    return {form: name for form, name in listed if isinstance(name, str) and name.strip()}


class Configuration:
    """Fills while texts are written."""

    def __init__(self) -> None:
        self._forms: dict[str, str] = {}
        self._relations: dict[str, None] = {}
        self._events: dict[str, dict[str, None]] = {}
        self._attributes: dict[str, dict[str, None]] = {}

    def storage_form(self, label: str, receipt: ExportReceipt) -> str:
        """What brat knows a label by, each by another one; that a name had to change is counted once."""
        known = self._forms.get(label)
        if known is not None:
            return known
        form = _NOT_STORED.sub("_", "_".join(label.split()))
        if not form.strip("-"):  # a line of hyphens is a separator
            form = "_" * len(form)
        taken, number, plain = set(self._forms.values()), 1, form
        while form in taken:
            number += 1
            form = f"{plain}-{number}"
        if form != label:
            receipt.not_held["signs in names of labels, which became “_”: visual.conf has the names"] += 1
        self._forms[label] = form
        return form

    def note(self, lines: Iterable[str]) -> None:
        """The types of lines that are no spans."""
        for line in lines:
            words = f"{line}\t".split("\t")[1].split()
            if not words:
                continue
            if line.startswith("E"):
                kind, _colon, _trigger = words[0].partition(":")
                roles = (word.partition(":")[0].rstrip("0123456789") for word in words[1:])
                self._events.setdefault(kind, {}).update(dict.fromkeys(filter(_is_storable, roles)))
            elif line.startswith("R"):
                ends = [word.partition(":")[0] for word in words[1:3]]
                self._relations[f"{words[0]}\t{', '.join(f'{end}:<ANY>' for end in ends)}"] = None
            elif line.startswith(("A", "M")):
                values = filter(_is_storable, words[2:3])
                self._attributes.setdefault(words[0], {}).update(dict.fromkeys(values))
            elif line.startswith("*"):
                self._relations[f"{words[0]}\tArg1:<ANY>, Arg2:<ANY>, <REL-TYPE>:symmetric-transitive"] = None

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The names and contents of the files."""
        events = (f"{kind}\t{', '.join(f'{role}*:<ANY>' for role in roles)}" for kind, roles in self._events.items())
        attributes = (
            f"{kind}\tArg:<ANY>" + (f", Value:{'|'.join(values)}" if values else "")
            for kind, values in self._attributes.items()
        )
        types = [
            ("entities", (form for form in self._forms.values() if form not in self._events)),
            ("relations", self._relations),
            ("events", events),
            ("attributes", attributes),
        ]
        lines = [line for name, found in types for line in (f"[{name}]", *filter(_begins_well, found))]
        yield ANNOTATION, "\n".join((_OURS, *lines, "")).encode()
        names = {form: label for label, form in self._forms.items() if form != label}
        if names:
            shown = (f"{form} | {_NOT_SHOWN.sub(' ', name).strip() or form}" for form, name in names.items())
            yield VISUAL, "\n".join((_OURS, _NAMES + json.dumps(names), "[labels]", *shown, *_DRAWING, "")).encode()


def _is_storable(word: str) -> bool:
    return bool(word.strip("-")) and _NOT_STORED.search(word) is None


def _begins_well(line: str) -> bool:
    """Whether a line of a section names a type that brat can read."""
    return _is_storable(line.partition("\t")[0])
