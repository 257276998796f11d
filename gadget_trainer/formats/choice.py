"""Which texts go out of a project, and with which of their spans."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.errors import UserError


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
