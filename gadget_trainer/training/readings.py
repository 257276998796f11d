"""What a run's pipeline found in the texts held out, kept: its mistakes are listed, and it is compared with another
run, though a later one was saved in its folder. Knows no spaCy.

Kept by what a text says, not by its id: where a text was edited, offsets would be those of another one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import Any

from gadget_trainer.corpus.likeness import fingerprint
from gadget_trainer.corpus.records import AnnotatedText, Span
from gadget_trainer.training.found import Found
from gadget_trainer.training.split import may_be_held_out

_DIGITS = 4
"""Of a probability."""

Read = Callable[[str], Found | None]
"""Gives what a pipeline finds in a text; None where that is not known."""


def held_out_texts(texts: Iterable[AnnotatedText], held_out: frozenset[int]) -> Iterator[AnnotatedText]:
    """Those of ``texts`` that a run held out, by its fingerprints."""
    return (text for text in texts if may_be_held_out(text) and fingerprint(text.text) in held_out)


class Readings:
    """What was found, by text."""

    def __init__(self) -> None:
        self._found: dict[str, Found] = {}

    def add(self, text: str, found: Found) -> None:
        """Take a text in."""
        self._found[_key(text)] = found

    def of(self, text: str) -> Found | None:
        """What was found in ``text``; None where it was not among them."""
        return self._found.get(_key(text))

    def to_json(self) -> dict[str, Any]:
        """What :meth:`from_json` reads, of values that JSON knows."""
        return {key: _to_json(found) for key, found in self._found.items()}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Readings":
        """What was kept; what can't be read is left out."""
        readings = cls()
        for key, value in kept.items():
            try:
                readings._found[key] = _from_json(value)
            except (TypeError, ValueError, KeyError):
                continue
        return readings


def _key(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _to_json(found: Found) -> dict[str, Any]:
    spans = {"spans": [[span.start, span.end, span.label] for span in found.spans]}
    if not found.probabilities:
        return spans
    probable = {name: round(probability, _DIGITS) for name, probability in found.probabilities.items()}
    return spans | {"probabilities": probable, "categories": list(found.categories)}


def _from_json(kept: Mapping[str, Any]) -> Found:
    spans = tuple(Span(int(start), int(end), str(label)) for start, end, label in kept["spans"])
    probable = {str(name): float(value) for name, value in dict(kept.get("probabilities", {})).items()}
    return Found(spans, probable, tuple(str(name) for name in kept.get("categories", ())))
