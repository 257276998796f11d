"""The bar under a text that says where a span cuts a token, and offers the ways out.

A span that begins or ends inside a token teaches nothing. It can be made, for the tokenizer may be what is wrong.
"""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy

from gadget_trainer.corpus.records import Span
from gadget_trainer.corpus.snapping import TokenEdges, cut_tokens, snap
from gadget_trainer.ui.theme import UNIT

_SHOWN = 30
_SPLIT_TIP = "Let the tokenizer split this word wherever it stands: here, in training and in the saved pipeline"


class CutBar(QFrame):
    """One sentence about one span; hidden while the span in question cuts no token."""

    snap_requested = Signal(object, int, int)
    """A span should go from start to end instead, which are edges of tokens."""
    split_requested = Signal(object)
    """The tokens that a span cuts should always be split there."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("cutBar")
        self._span: Span | None = None
        self._snapped = (0, 0)
        self._words = QLabel()
        self._words.setObjectName("cutSentence")
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._snap = _button("snapToTokens", "Snap to tokens", "Give the span the edges of the tokens that it touches")
        self._snap.clicked.connect(self._request_snap)
        self._split = _button("alwaysSplit", "Always split here", _SPLIT_TIP)
        self._split.clicked.connect(self._request_split)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * UNIT, UNIT, 2 * UNIT, UNIT)
        row.setSpacing(UNIT)
        row.addWidget(self._words, 1)
        row.addWidget(self._split)
        row.addWidget(self._snap)
        self.hide()

    def look_at(self, text: str, edges: TokenEdges, span: Span | None, *, splits: bool = False) -> None:
        """Say what ``span`` of ``text`` cuts, as far as the tokens are known; with None, nothing.

        ``splits`` says whether the tokenizer could split there.
        """
        sentence = cut_sentence(text, edges, span) if span is not None else ""
        found = snap(text, edges, span.start, span.end) if span is not None and sentence else None
        self._span = span if found else None
        self._snapped = found or (0, 0)
        self._words.setText(sentence)
        self.setAccessibleName(sentence)
        self._split.setVisible(splits)
        self.setVisible(found is not None)

    def sentence(self) -> str:
        """What is shown; empty when the bar is hidden."""
        return self._words.text()

    @Slot()
    def _request_snap(self) -> None:
        if self._span is not None:
            self.snap_requested.emit(self._span, *self._snapped)

    @Slot()
    def _request_split(self) -> None:
        if self._span is not None:
            self.split_requested.emit(self._span)


def cut_sentence(text: str, edges: TokenEdges, span: Span) -> str:
    """Where a span begins or ends inside a token; empty where it does neither."""
    first, last = cut_tokens(edges, span.start, span.end)
    surface = _quoted(text[span.start : span.end])
    if first is not None and first == last:
        return f"{surface} begins and ends inside the token {_quoted(text[slice(*first)])}."
    if first is not None and last is not None:
        tokens = [_quoted(text[slice(*token)]) for token in (first, last)]
        return f"{surface} begins inside the token {tokens[0]} and ends inside the token {tokens[1]}."
    if first is not None:
        return f"{surface} begins inside the token {_quoted(text[slice(*first)])}."
    return f"{surface} ends inside the token {_quoted(text[slice(*last)])}." if last is not None else ""


def _quoted(words: str) -> str:
    one_line = " ".join(words.split())
    return f"“{one_line if len(one_line) <= _SHOWN else one_line[: _SHOWN - 1] + '…'}”"


def _button(name: str, words: str, tip: str) -> QPushButton:
    button = QPushButton(words)
    button.setObjectName(name)
    button.setAccessibleName(words)
    button.setToolTip(tip)
    # The keys of the text go on working after a click.
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
