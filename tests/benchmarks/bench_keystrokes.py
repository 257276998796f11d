"""Annotating real texts by keyboard alone and by mouse alone in the real window: what each span and each text costs.

    python tests/benchmarks/bench_keystrokes.py [TEXTS]

The texts are those of sec_filings, the spans those that its annotators marked. By keyboard a person is followed who
goes on from word to word that may begin a name, or where that would be longer by lines and tokens, selects by tokens,
and presses the label's number; by mouse one who drags over words, or clicks twice on one, after a click on the label
where it is another one than before. Both mark each text done. It fails if the project holds anything else in the end.
"""

import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from gadget_trainer.app import open_window
from gadget_trainer.corpus.name_like import next_name
from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.corpus.snapping import TokenEdges
from gadget_trainer.formats.reading import read_files
from gadget_trainer.ui.main_window import MainWindow
from gadget_trainer.ui.text_view.view import TextView
from gadget_trainer.ui.theme import STYLE_ARGUMENTS

FILE = Path(__file__).parents[3] / "shared" / "data" / "sec_filings" / "FIN5.txt"
KEYS = Qt.Key


class Person:
    """Works in the window, and counts what it takes."""

    def __init__(self, window: MainWindow) -> None:
        self.view = window.findChild(TextView, "textView")
        self.window = window
        self.count: Counter[str] = Counter()
        self.labels = {
            button.objectName().removeprefix("label:"): button
            for button in window.findChildren(QAbstractButton)
            if button.objectName().startswith("label:")
        }

    def press(self, key: Qt.Key, what: str, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.view, key, held)
        QApplication.processEvents()
        self.count[what] += 1

    def click(self, button: QAbstractButton, what: str) -> None:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        QApplication.processEvents()
        self.count[what] += 1

    def wait_for(self, text: str) -> None:
        """Until the text is shown and its tokens are known."""
        until = time.monotonic() + 30
        while self.view.text() != text or self.view.is_provisional():
            QApplication.processEvents()
            if time.monotonic() > until:
                raise TimeoutError(text)

    def caret(self) -> int:
        return self.view._marks.caret  # no other way in but a screen reader's

    # -- by keyboard

    def go_to(self, start: int) -> None:
        """To the start of a span: by what may be names while they are before it, or by lines, then by tokens."""
        text = self.view.text()
        names, place = 0, self.caret()
        while (following := next_name(text, TokenEdges(), place)) <= start:
            names, place = names + 1, following
        words = len(text[place:start].split())
        if text[self.caret() : start].count(" ") > names + words:
            for _ in range(names):
                self.press(KEYS.Key_Period, "go to a name")
        while self.caret() > start:
            self.press(KEYS.Key_Left, "go")
        while self.caret() < start:
            self.press(KEYS.Key_Right, "go")

    def mark_by_keys(self, span: Span, number: int) -> None:
        self.go_to(span.start)
        while self.caret() < span.end:
            self.press(KEYS.Key_Right, "select", Qt.KeyboardModifier.ShiftModifier)
        self.press(KEYS(KEYS.Key_1 + number), "label")

    # -- by mouse

    def mark_by_mouse(self, span: Span) -> None:
        button = self.labels[span.label]
        if not button.isChecked():
            self.click(button, "choose the label")
        self.view.ensure_visible(span.start, span.end)
        QApplication.processEvents()
        rects = self.view.span_rects(span.start, span.end)
        target = self.view.viewport()
        if " " not in self.view.text()[span.start : span.end]:
            QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=rects[0].center())
            QTest.mouseDClick(target, Qt.MouseButton.LeftButton, pos=rects[0].center())
            self.count["double click"] += 1
        else:
            begin = QPoint(rects[0].left() + 2, rects[0].center().y())
            end = QPoint(rects[-1].right() - 2, rects[-1].center().y())
            QTest.mousePress(target, Qt.MouseButton.LeftButton, pos=begin)
            QTest.mouseMove(target, (begin + end) / 2)
            QTest.mouseMove(target, end)
            QTest.mouseRelease(target, Qt.MouseButton.LeftButton, pos=end)
            self.count["drag"] += 1
        QApplication.processEvents()


def annotate(texts: list[AnnotatedText], labels: list[str], folder: Path, *, by_mouse: bool) -> None:
    path = folder / ("mouse.gadget" if by_mouse else "keys.gadget")
    project = Project.create(path)
    for label in labels:
        project.labels.add(label)
    project.imports.add_texts([AnnotatedText(one.text) for one in texts], "sec_filings")
    project.close()
    window = open_window(path)
    assert isinstance(window, MainWindow)
    window.resize(1280, 800)
    person = Person(window)
    person.view.setFocus()
    done = next(one for one in window.findChildren(QAbstractButton) if one.objectName() == "button:markDone")
    for one in texts:
        person.wait_for(one.text)
        for span in one.spans:
            if by_mouse:
                person.mark_by_mouse(span)
            else:
                person.mark_by_keys(span, labels.index(span.label))
        if by_mouse:
            person.click(done, "done")
        else:
            person.press(KEYS.Key_Return, "done")
    window.close()
    project = Project.open(path)
    wrong = sum(
        (kept.spans, kept.state) != (one.spans, TextState.DONE)
        for kept, one in zip(project.read.texts(), texts, strict=True)
    )
    project.close()
    spans = sum(len(one.spans) for one in texts)
    whole = person.count.total() - person.count["done"]
    how = "by mouse" if by_mouse else "by keys"
    print(f"{how}: {len(texts)} texts, {spans} spans, {wrong} not as they should be; {dict(person.count)}")
    print(f"{how}: {whole / spans:.1f} a span, {person.count['done'] / len(texts):.1f} a text")


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    texts = [one for one in read_files([FILE]).texts() if one.text.strip()]
    QApplication(["gadget-trainer", *STYLE_ARGUMENTS])
    labels = sorted({span.label for one in texts for span in one.spans})
    with tempfile.TemporaryDirectory() as home:
        os.environ["HOME"] = home
        annotate(texts[:number], labels, Path(home), by_mouse=False)
        annotate(texts[number : 2 * number], labels, Path(home), by_mouse=True)


if __name__ == "__main__":
    main()
