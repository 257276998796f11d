"""Every script, exactly: selected, snapped, painted, copied, exported and read again."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from gadget_trainer.corpus.graphemes import boundary_after, boundary_before
from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.records import AnnotatedText, Span
from gadget_trainer.corpus.snapping import rough_edges, snap, snap_to_characters
from gadget_trainer.formats.reading import read_files
from gadget_trainer.formats.writing import write_file
from gadget_trainer.ui.text_view import TextView

if TYPE_CHECKING:
    from tests.ui.text_view.conftest import Hand

Show = Callable[..., "Hand"]
LEFT = Qt.MouseButton.LeftButton

_WORDS = (
    "كيف أطلب",
    "הטלפון iPhone X",
    "苹果公司",
    "東京タワーへ",
    "สวัสดีครับ",
    "हिन्दी में क्षत्रिय",
    "e\u0301a\u0323\u0308",
    "\u0301",
    "👩\u200d👩\u200d👧\u200d👦👍🏿",
    "🇩🇪🇫🇷🇯",
    "10\u00a0kg",
    "a\tb",
    "one\r\ntwo",
    "\u2028",
    "\x00",
    "\ufeff",
    "\ufffe",
    " ",
    "\n\n",
    "iPhone X, 3x300",
)
_TEXTS = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=6).map("".join)
_SMALL = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def whole(text: str, found: tuple[int, int]) -> None:
    """A selection never holds half a character, or a space at its edges."""
    surface = text[slice(*found)]
    assert surface
    assert surface == surface.strip()
    assert boundary_after(text, found[1]) == found[1]
    # A space that carries an accent is one character, and left out all the same.
    assert boundary_before(text, found[0]) == found[0] or text[boundary_before(text, found[0])].isspace()


def drag(view: TextView, start: int, end: int) -> None:
    first, last = view.span_rects(start, start + 1), view.span_rects(end - 1, end)
    if not first or not last:
        return
    points = [rects[0].center() for rects in (first, last)]
    QTest.mousePress(view.viewport(), LEFT, pos=points[0])
    QTest.mouseMove(view.viewport(), points[1] + QPoint(1, 0))
    QTest.mouseMove(view.viewport(), points[1])
    QTest.mouseRelease(view.viewport(), LEFT, pos=points[1])


@_SMALL
@given(text=_TEXTS, mode=st.booleans(), data=st.data())
@example(text="\ufeffa\x00b\r\n\u2028שלום iPhone", mode=False, data=None)
def test_what_is_dragged_over_is_whole_and_copied_exactly(show: Show, text: str, mode: bool, data) -> None:
    hand = show(text)
    view = hand.view
    view.set_character_mode(mode)
    start = data.draw(st.integers(0, len(text) - 1)) if data else 0
    end = data.draw(st.integers(start + 1, len(text))) if data else len(text)
    drag(view, start, end)
    view.viewport().grab()
    for_drag = view.selection()
    if for_drag is not None:
        whole(text, for_drag)
        view.copy()
        assert clipboard() == text[slice(*for_drag)]
    view.clear_selection()
    hand.key(Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    for _ in range(3):
        hand.key(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    by_keys = view.selection()
    if by_keys is not None:
        whole(text, by_keys)
    assert view.text() == text


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


@_SMALL
@given(text=_TEXTS, data=st.data())
def test_spans_are_painted_at_any_place(show: Show, text: str, data) -> None:
    places = data.draw(st.lists(st.tuples(st.integers(0, len(text) - 1), st.integers(1, 6)), max_size=4))
    spans = [Span(start, min(len(text), start + length), "GADGET") for start, length in places]
    view = show(text).view
    view.set_spans(sorted(set(spans)))
    edges = rough_edges(text, 0, len(text))
    view.add_edges(edges.starts, edges.ends, len(text))
    for span in set(spans):
        view.select_span(span)
        view.viewport().grab()
    assert view.spans() == sorted(set(spans))


@given(text=_TEXTS, data=st.data())
def test_snapping_is_whole_and_stays(text: str, data) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    for found in (snap(text, rough_edges(text, 0, len(text)), start, end), snap_to_characters(text, start, end)):
        if found is not None:
            whole(text, found)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(_TEXTS, min_size=1, max_size=8, unique=True), data=st.data())
def test_export_and_import_give_the_same_texts_and_spans(tmp_path: Path, texts: list[str], data) -> None:
    annotated = []
    for text in texts:
        start = data.draw(st.integers(0, len(text)))
        found = snap_to_characters(text, start, data.draw(st.integers(start, len(text))))
        annotated.append(AnnotatedText(text, (Span(*found, "人名"),) if found is not None else ()))
    first = through_a_project(tmp_path / "first.gadget", annotated)
    exported = tmp_path / "exported.jsonl"
    write_file(exported, first, "jsonl")
    imported = list(read_files([exported]).texts())
    second = through_a_project(tmp_path / "second.gadget", imported)
    assert [(one.text, one.spans) for one in second] == [(one.text, one.spans) for one in annotated]


def through_a_project(path: Path, texts: list[AnnotatedText]) -> list[AnnotatedText]:
    """The texts as a project on the disk gives them back."""
    path.unlink(missing_ok=True)
    project = Project.create(path)
    try:
        project.imports.add_texts(texts, "a test")
        return list(project.read.texts())
    finally:
        project.close()


def test_half_a_character_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "half.jsonl"
    path.write_text('{"text": "a \\ud800 b"}\n{"text": "whole"}\n', encoding="utf-8")
    reading = read_files([path])
    assert [one.text for one in reading.texts()] == ["whole"]
    assert any("half a character" in line for line in reading.receipts[0].lines())
