"""Which texts go out of a project, and with which of their spans."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.corpus.text_filter import TextFilter
from gadget_trainer.errors import UserError
from gadget_trainer.formats.cleaning import quoted

if TYPE_CHECKING:  # SQLAlchemy behind it takes longer to import than the window to paint
    from gadget_trainer.corpus.project import Project


@dataclass(frozen=True, slots=True)
class Choice:
    """The states of the texts and the labels of the spans that are wanted; everything, if nothing is said."""

    states: frozenset[TextState] = frozenset(TextState)
    labels: frozenset[str] | None = None
    """None: all labels. Spans of others are left out, and a text is as complete as it was for those that stay."""

    def of(self, texts: Iterable[AnnotatedText]) -> Iterator[AnnotatedText]:
        """Yield the texts that are wanted."""
        for text in texts:
            if text.state in self.states:
                yield text if self.labels is None else text._replace(spans=self._spans(text, self.labels))

    @staticmethod
    def _spans(text: AnnotatedText, labels: frozenset[str]) -> tuple[Span, ...]:
        return tuple(span for span in text.spans if span.label in labels)


def choice_of(states: Iterable[str] | None, labels: Iterable[str] | None, known: Iterable[str]) -> Choice:
    """The choice of these names of states and labels, None being all of them; ``known`` are the project's labels.

    Raises:
        UserError: there is no such state or label, or none is named.
    """
    chosen_states = frozenset(TextState) if states is None else frozenset(map(_state, states))
    wanted = None if labels is None else frozenset(labels)
    if not chosen_states or (wanted is not None and not wanted):
        raise UserError("Name at least one state, and at least one label, or leave the option out for all of them.")
    names = sorted(known)
    for unknown in sorted((wanted or frozenset()) - set(names)):
        raise UserError(f"The project has no label “{unknown}”. It has: {', '.join(names) or 'none'}.")
    return Choice(chosen_states, wanted)


def _state(name: str) -> TextState:
    try:
        return TextState(name)
    except ValueError:
        raise UserError(f"“{name}” is no state of a text. Choose of: {', '.join(TextState)}.") from None


def chosen_ids(project: "Project", which: TextFilter, within: range | None = None) -> Sequence[int]:
    """The texts of a project that a filter lets through and whose numbers are ``within`` a range, in order.

    Raises:
        UserError: the project has nothing of such a name or number, or a regular expression is none.
    """
    labels = [label.name for label in project.read.labels()]
    for kind, name, known in (
        ("label", which.with_label, labels),
        ("label", which.without_label, labels),
        ("category", which.with_category, project.categories.scheme().names),
        ("texts from", which.source, project.read.sources() if which.source else ()),
    ):
        if name and name not in known:
            raise UserError(f"The project has no {kind} “{name}”. It has: {', '.join(sorted(known)) or 'none'}.")
    if which.only is not None:
        missing = sorted(set(which.only).difference(project.read.text_ids()))
        if missing:
            raise UserError(f"The project has no text No. {missing[0]:,}. Name texts by the numbers in the window.")
    found = project.read.text_ids(which)
    return found if within is None else [one for one in found if one in within]


def numbers_between(words: str) -> range:
    """The numbers of ``12-500``, both ends included, or of ``12`` alone. Raises UserError where it is neither."""
    found = re.fullmatch(r"(\d{1,12})(?:-(\d{1,12}))?", words.strip())
    if found is None or int(found[1]) > int(found[2] or found[1]):
        raise UserError(f"“{words}” is no range of texts. Write it as in 1-500, with the lower number first.")
    return range(int(found[1]), int(found[2] or found[1]) + 1)


def numbers_in(path: Path) -> tuple[int, ...]:
    """The numbers of texts that stand in a file, between spaces, commas or line breaks.

    Raises:
        UserError: it cannot be read, or something else stands in it.
    """
    try:
        words = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "it is no text in UTF-8"
        raise UserError(f"{path} cannot be read: {reason}. Choose a file with a number of a text a line.") from error
    for number, line in enumerate(words.splitlines(), start=1):
        odd = next((one for one in re.split(r"[\s,;]+", line) if one and not re.fullmatch(r"[0-9]{1,12}", one)), None)
        if odd is not None:
            raise UserError(f"{path.name}:{number} has {quoted(odd)} in it, which is no number of a text.")
    return tuple(dict.fromkeys(map(int, re.findall("[0-9]+", words))))
