"""How fast the text view is on texts of a million characters, beside QPlainTextEdit with a highlighter.

Run by hand: QT_QPA_PLATFORM=offscreen python tests/benchmarks/bench_text_view.py [KIND…]
Numbers differ between machines; the ratio to QPlainTextEdit in the same run travels better.
"""

import gc
import os
import re
import sys
from collections.abc import Callable
from statistics import median, quantiles
from time import perf_counter, process_time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QPlainTextEdit

from gadget_trainer.corpus.records import Span
from gadget_trainer.ui.text_view import TextView

SIZE = 1_000_000
SENTENCE = "How to preorder the iPhone X, and should I pay $1,000 for the new one? "
FRAMES = 120
KEYS = (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Tab, Qt.Key.Key_End)


# QPlainTextEdit takes from several seconds to minutes for each of the others.
COMPARED = ("paragraphs, 10,000 spans", "one line", "Arabic")


def repeated(unit: str) -> str:
    return (unit * (SIZE // len(unit) + 1))[:SIZE]


KINDS: dict[str, Callable[[], tuple[str, list[Span]]]] = {
    "paragraphs, 10,000 spans": lambda: spread(repeated(SENTENCE * 4 + "\n")),
    "one line": lambda: (repeated(SENTENCE), []),
    "one line, 10,000 spans": lambda: spread(repeated(SENTENCE)),
    "a span a word": lambda: words(repeated(SENTENCE * 4 + "\n")),
    "empty lines": lambda: ("\n" * SIZE, []),
    "short lines": lambda: (repeated("ok\n"), []),
    "Arabic": lambda: spread(repeated("كيف أطلب هاتف iPhone X الجديد من المتجر القريب؟ " * 5 + "\n")),
    "Chinese, one line": lambda: spread(repeated("苹果公司昨天发布了新的手机产品，价格为九千元。")),
    "emoji, one line": lambda: (repeated("😀"), []),
    "families and flags": lambda: (repeated("👩\u200d👩\u200d👧🇩🇪"), []),
    "one tab a letter": lambda: (repeated("a\t"), []),
}


def spread(text: str, count: int = 10_000) -> tuple[str, list[Span]]:
    step = len(text) // count
    spans = [Span(at, at + 8, "GADGET") for at in range(5, len(text) - 20, step)]
    return text, spans


def words(text: str) -> tuple[str, list[Span]]:
    return text, [Span(*word.span(), "GADGET") for word in re.finditer(r"\w+", text)]


class Highlighter(QSyntaxHighlighter):
    """The usual way: formats a block when it changes."""

    def __init__(self, document: QTextDocument, spans: list[Span]) -> None:
        super().__init__(document)
        self.spans = spans

    def highlightBlock(self, text: str) -> None:
        start = self.currentBlock().position()
        style = QTextCharFormat()
        style.setBackground(QColor("#cfe8ff"))
        for span in self.spans:
            if span.start < start + len(text) and start < span.end:
                self.setFormat(span.start - start, span.end - span.start, style)


def milliseconds(action: Callable[[], object]) -> float:
    started = perf_counter()
    action()
    return (perf_counter() - started) * 1000


def frames(view: QAbstractScrollArea) -> list[float]:
    """The time of each frame while scrolling: lines first, then leaps all over the text."""
    bar = view.verticalScrollBar()

    def frame(value: int) -> float:
        def scroll() -> None:
            bar.setValue(value)
            view.viewport().repaint()

        return milliseconds(scroll)

    slow = [frame(bar.value() + 3 * bar.singleStep()) for _ in range(FRAMES)]
    return slow + [frame(bar.maximum() * index // 40) for index in range(40)]


def scrolled(application: QApplication, view: QAbstractScrollArea) -> list[float]:
    """The time of each frame while scrolling by lines, with only what Qt finds to be new painted."""
    bar = view.verticalScrollBar()

    def scroll() -> None:
        bar.setValue(bar.value() + 3 * bar.singleStep())
        application.sendPostedEvents()

    return [milliseconds(scroll) for _ in range(FRAMES)]


def keyed(application: QApplication, view: TextView) -> list[float]:
    """The time from a key to the paint that shows what it did."""
    times = []
    for key in KEYS * 20:

        def press(key: Qt.Key = key) -> None:
            QTest.keyClick(view, key)
            application.sendPostedEvents()

        times.append(milliseconds(press))
    return times


def slices(application: QApplication, view: TextView) -> tuple[float, float]:
    """The longest slice of the background measuring (processor time), and how long it took in all."""
    longest, started = 0.0, perf_counter()
    while view._scrolling.is_measuring and perf_counter() - started < 60:
        before = process_time()
        application.processEvents()
        longest = max(longest, (process_time() - before) * 1000)
    return longest, perf_counter() - started


def addition(view: TextView, at: int) -> float:
    """The time until a span more is on screen."""
    view.ensure_visible(at, at + 5)
    view.viewport().repaint()

    def add() -> None:
        view.change_spans([], [Span(at, at + 5, "BRAND")])
        view.viewport().repaint()

    return milliseconds(add)


def own(application: QApplication, text: str, spans: list[Span]) -> dict[str, float]:
    # What the text before has left behind is not this one's to clear away.
    gc.collect()
    view = TextView()
    view.resize(1000, 800)
    view.show()
    application.processEvents()
    view.set_text("warm")
    view.viewport().repaint()

    def show() -> None:
        view.set_text(text, spans)
        view.viewport().repaint()

    shown = milliseconds(show)
    scrolls, keys = scrolled(application, view), keyed(application, view)
    times = frames(view)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    additions = [addition(view, len(text) // 2 + 20 * index) for index in range(30)]
    reset = milliseconds(lambda: view.set_spans(spans))
    longest, total = slices(application, view)
    view.close()
    return {
        "show": shown,
        "frame p50": median(times),
        "frame p95": quantiles(times, n=20)[-1],
        "frame max": max(times),
        "scroll p95": quantiles(scrolls, n=20)[-1],
        "key p99": quantiles(keys, n=100)[-1],
        "add": median(additions),
        "add max": max(additions),
        "set_spans": reset,
        "slice max": longest,
        "measured s": total,
    }


def plain(application: QApplication, text: str, spans: list[Span]) -> dict[str, float]:
    view = QPlainTextEdit()
    view.resize(1000, 800)
    highlighter = Highlighter(view.document(), spans[:200])
    view.show()
    application.processEvents()

    def show() -> None:
        view.setPlainText(text)
        view.viewport().repaint()

    shown = milliseconds(show)
    times = []
    bar = view.verticalScrollBar()
    for _ in range(20):

        def scroll() -> None:
            bar.setValue(bar.value() + 3)
            view.viewport().repaint()

        times.append(milliseconds(scroll))

    def add() -> None:
        highlighter.spans.append(Span(5, 10, "BRAND"))
        highlighter.rehighlightBlock(view.document().begin())
        view.viewport().repaint()

    added = milliseconds(add)
    view.close()
    return {"show": shown, "frame p50": median(times), "add": added}


def main() -> None:
    application = QApplication([])
    application.setStyle("Fusion")
    for kind, make in KINDS.items():
        if sys.argv[1:] and not any(word in kind for word in sys.argv[1:]):
            continue
        text, spans = make()
        found = own(application, text, spans)
        print(f"{kind:26}", "  ".join(f"{name} {value:.1f}" for name, value in found.items()), flush=True)
        if kind in COMPARED:
            usual = plain(application, text, spans)
            ratios = "  ".join(f"{name} {value:.1f} (x{value / found[name]:.1f})" for name, value in usual.items())
            print(f"{'    QPlainTextEdit':26}", ratios, flush=True)


if __name__ == "__main__":
    main()
