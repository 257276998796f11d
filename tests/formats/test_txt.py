from gadget_trainer.corpus.records import AnnotatedText, TextState


def test_a_line_is_a_text_to_do(made, read) -> None:
    texts, receipt = read(made("posts.txt", " Ana \r\n\n \t\u00a0\nOslo\tis\u2028far"))
    assert texts == [
        AnnotatedText(" Ana ", source="posts.txt:1"),
        AnnotatedText("Oslo\tis\u2028far", source="posts.txt:4"),
    ]
    assert all(text.state is TextState.TODO and not text.complete for text in texts)
    assert (receipt.texts_read, receipt.texts_skipped.count) == (2, 2)
    assert [note.where for note in receipt.texts_skipped.first] == ["posts.txt:2", "posts.txt:3"]


def test_a_file_is_a_text_when_asked_for(made, read) -> None:
    texts, receipt = read(made("letter.txt", "\ufeffDear Ana,\r\n\r\nI …\n"), "txt-file")
    assert texts == [AnnotatedText("Dear Ana,\r\n\r\nI …\n", source="letter.txt")]
    assert receipt.format_title == "Plain text (a text a file)"


def test_a_file_of_spaces_holds_no_text(made, read) -> None:
    texts, receipt = read(made("blank.txt", " \n\n"), "txt-file")
    assert texts == []
    assert receipt.texts_skipped.count == 1


def test_a_text_may_begin_with_a_bracket(made, read) -> None:
    texts, _receipt = read(made("a.txt", "[deleted]\n[1] See above.\n"))
    assert [text.text for text in texts] == ["[deleted]", "[1] See above."]
    texts, _receipt = read(made("a.txt", "[1] See above.\n"))
    assert [text.text for text in texts] == ["[1] See above."]
    texts, _receipt = read(made("a.txt", "{sigh} no\n"))
    assert [text.text for text in texts] == ["{sigh} no"]
