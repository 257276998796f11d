"""Spans that were made before the tokens were known get the tokens' edges, also when the person has gone on.

In the first seconds spaCy is still loading, and words stand in for tokens. A span that was made then and cuts a
token would teach nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from gadget_trainer.corpus.records import Span
from gadget_trainer.corpus.snapping import TokenEdges, snap
from gadget_trainer.ui.annotate.token_feed import SharedSource
from gadget_trainer.ui.steps import Steps

if TYPE_CHECKING:  # SQLAlchemy behind it takes longer to import than the window to paint
    from gadget_trainer.ui.session import Session


@dataclass(frozen=True, slots=True)
class _Settled:
    """A span, and the tokens that it touches."""

    text_id: int
    span: Span
    start: int
    end: int


class Settling(QObject):
    """Remembers provisional spans, and settles them when a tokenizer is there."""

    def __init__(self, session: "Session", parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._waiting: list[tuple[int, str, Span]] = []
        self._thread: Steps | None = None

    def note(self, text_id: int, text: str, span: Span) -> None:
        """Remember a span that was snapped to words for want of tokens."""
        self._waiting.append((text_id, text, span))

    def settle(self, source: SharedSource) -> None:
        """The tokenizer is loaded: snap what waits to its tokens."""
        if self._waiting and self._thread is None:
            waiting, self._waiting = self._waiting, []
            self._thread = Steps(lambda: _snap(source, waiting), self)
            self._thread.stepped.connect(self._take)
            self._thread.finished.connect(self._end)
            self._thread.start()

    def finish(self) -> None:
        """End the thread."""
        if self._thread is not None:
            self._thread.finish()

    @Slot(object)
    def _take(self, one: _Settled) -> None:
        edit = self._session.project.edit
        self._session.do(lambda: edit.settle_span(one.text_id, one.span, one.start, one.end))

    @Slot()
    def _end(self) -> None:
        if self._thread is not None:
            self._thread.deleteLater()
            self._thread = None


def _snap(source: SharedSource, waiting: list[tuple[int, str, Span]]) -> Iterator[_Settled]:
    tokens = source.get()
    if tokens is None:
        return
    # Only the latest addition can take its new edges into itself.
    for text_id, text, span in reversed(waiting):
        edges = TokenEdges()
        for part in tokens.edges(text):
            edges.extend(part.token_starts, part.token_ends, part.end)
            if part.end > span.end:
                break
        snapped = snap(text, edges, span.start, span.end)
        if snapped is not None and snapped != (span.start, span.end):
            yield _Settled(text_id, span, *snapped)
