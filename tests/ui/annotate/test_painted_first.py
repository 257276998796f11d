"""A project that is opened is painted first; what takes long begins afterwards."""

from array import array
from threading import Event

from PySide6.QtCore import QTimer

from gadget_trainer.ui.annotate import token_feed
from gadget_trainer.ui.annotate.text_list import _found
from gadget_trainer.ui.text_view.painting import Painting


def test_the_rest_waits_until_the_first_are_painted():
    """Beside a thread that reads, painting takes twice as long."""
    course: list[object] = []

    class Painted(Event):
        def wait(self, _timeout: float | None = None) -> bool:
            course.append("waited")
            return True

    parts = iter([array("q", range(1000)), array("q", range(1000, 3001))])
    for found, complete in _found(parts, Painted()):
        course.append((len(found), complete))
    assert course == [(1000, False), "waited", (2001, True)]


def test_the_window_paints_before_spacy_is_imported(open_, path, monkeypatch):
    course = []
    imported = token_feed.import_spacy
    monkeypatch.setattr(token_feed, "import_spacy", lambda: (course.append("spaCy"), imported()))
    painted = Painting.paint

    def paint(*arguments, **options):
        course.append("painted")
        painted(*arguments, **options)

    monkeypatch.setattr(Painting, "paint", paint)
    open_(path).wait_for_tokens()
    assert course.index("painted") < course.index("spaCy")


def test_spacy_is_imported_only_where_the_person_rests(open_, path, monkeypatch):
    monkeypatch.setattr(token_feed, "is_spacy_imported", lambda: False)
    monkeypatch.setattr(token_feed, "_REST_MS", 100_000)
    window = open_(path)
    feed = window.main.findChild(token_feed.TokenFeed)
    for row in (1, 2):
        window.choose_text(row)
        waiting = feed.findChild(QTimer)
        assert waiting.isActive()
        assert waiting.interval() == 100_000
    monkeypatch.setattr(token_feed, "_REST_MS", 10)
    window.choose_text(3)
    window.wait_for_tokens()


def test_at_the_next_text_the_import_is_left_where_it_is(open_, path, monkeypatch, qtbot):
    imported, gate = [], Event()

    def in_parts():
        imported.append("first")
        yield
        assert gate.wait(30)
        yield
        imported.append("second")

    monkeypatch.setattr(token_feed, "is_spacy_imported", lambda: False)
    monkeypatch.setattr(token_feed, "import_spacy_in_parts", in_parts)
    monkeypatch.setattr(token_feed, "_REST_MS", 10)
    window = open_(path)
    qtbot.waitUntil(lambda: imported == ["first"])
    window.choose_text(1)
    gate.set()
    window.wait_for_tokens()
    assert imported == ["first", "first", "second"]
