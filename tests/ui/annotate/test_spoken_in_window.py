"""What a blind person is told of what happens in the window."""

from PySide6.QtCore import Qt

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


def said(window, heard: list[str], *sentences: str) -> None:
    """Wait until these are said, each on its own, and forget what was told before."""
    window.qtbot.waitUntil(lambda: "say " + "\n".join(sentences) in heard)
    heard.clear()


def test_spans_are_told_as_they_come_change_and_go(window, heard):
    window.view.setFocus()
    window.view.set_selection(7, 15)
    window.key("1")
    said(window, heard, "GADGET: preorder added")
    session = window.main._open.session
    session.do(lambda: session.project.labels.add("BRAND"))
    said(window, heard, "Added the label BRAND")
    window.view.select_span(window.view.spans()[0])
    window.key("2")
    assert heard[-1] == "selection 7 15"
    said(window, heard, "Relabelled “preorder” BRAND")
    window.key(Key.Key_Right, CONTROL)
    assert heard[-1] == "selection 7 19"
    said(window, heard, "Moved the edges of “preorder the”")
    window.trigger("undo")
    said(window, heard, "Undid: Moved the edges of “preorder the”")
    window.view.select_span(window.view.spans()[0])
    window.key(Key.Key_Delete)
    said(window, heard, "Removed BRAND from “preorder”")


def test_the_next_text_is_told_while_the_text_has_the_keys(window, heard):
    window.view.setFocus()
    window.key(Key.Key_Return)
    assert any(one.startswith("text How to") for one in heard)
    said(window, heard, "No. 2, To do: The Pixel 6 camera is 😀 great, says Zoë")
    window.choose_text(2)
    window.trigger("toggleFlag")
    said(window, heard, "Flagged the text")  # the table says which text it is


def test_what_is_refused_is_told(window, heard):
    session = window.main._open.session
    session.do(lambda: session.project.labels.add("GADGET"))
    said(window, heard, "There is a label GADGET already. Choose another name.")


def test_of_a_count_that_goes_on_the_last_is_told(window, heard):
    for number in range(1000, 3000, 1000):
        window.main._open.session.told.emit(f"Compared {number:,} of 3,000 texts")
    window.main._open.session.told.emit("No two texts are alike.")
    said(window, heard, "Compared 2,000 of 3,000 texts", "No two texts are alike.")
