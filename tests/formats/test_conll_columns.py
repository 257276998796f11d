"""Columns that count the words, further columns of tags, lines without a word, and comments within a sentence."""

import pytest
from one_text import imported

from gadget_trainer.corpus.records import Span
from gadget_trainer.formats.registry import recognise
from gadget_trainer.formats.writing import write_file

NUMBERED = "# a.de\n1\tSchartau\tB-PER\tO\n2\tsagte\tO\tO\n3\tBerlin\tB-ORG\tB-LOC\n\n# n-tv.de\n1\tAm\tO\tO\n"
SPACES = "the file does not know the spaces of its texts, so words are joined by one each"
OTHER = "another column of tags is kept as it came, and not read"


def marked(text) -> list[tuple[str, str]]:
    return [(text.text[span.start : span.end], span.label) for span in text.spans]


def test_a_column_that_counts_the_words_is_not_one_of_words(made, read, tmp_path) -> None:
    path = made("a.dat", NUMBERED)
    assert recognise(path).name == "conll"
    texts, receipt = read(path)
    assert [(text.text, marked(text)) for text in texts] == [("Schartau sagte Berlin", [("Berlin", "LOC")]), ("Am", [])]
    assert receipt.remarks.reasons == {SPACES: 1, OTHER: 1}
    write_file(tmp_path / "same.conll", texts, "conll")
    assert (tmp_path / "same.conll").read_text("utf-8") == NUMBERED
    write_file(tmp_path / "new.conll", [texts[0]._replace(spans=(Span(0, 8, "X"),))], "conll")
    changed = "1\tSchartau\tB-PER\tB-X\n2\tsagte\tO\tO\n3\tBerlin\tB-ORG\tO\n"
    assert changed in (tmp_path / "new.conll").read_text("utf-8")
    write_file(tmp_path / "new.iob2", [texts[0]], "iob2")
    assert (tmp_path / "new.iob2").read_text("utf-8") == "Schartau\tO\nsagte\tO\nBerlin\tB-LOC\n\n"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("1 CD B-N\n\n1 CD O\n\n", ["1", "1"]),
        ("1 CD B-N\n2 CD O\n\nAna NN B-P\n", ["1 2", "Ana"]),
        ("1\tB-N\n2\tO\n\n", ["1 2"]),
        ("1 CD B-N\n3 CD O\n\n", ["1 3"]),
    ],
)
def test_words_that_are_numbers_stay_words(made, read, content, expected) -> None:
    texts, _receipt = read(made("a.dat", content))
    assert [text.text for text in texts] == expected


def test_a_numbered_line_without_a_tag_gets_one_behind_its_word(made, read, tmp_path) -> None:
    lines = "1\tAna\tO\n2\tleft\tO\n\n"
    texts, receipt = read(made("a.dat", lines * 200 + "1\tAna\n2\tBo\tB-P\n\n"), "conll")
    assert texts[-1].text == "Ana Bo"
    assert receipt.remarks.reasons["the line has no tag, so its word counts as in no span"] == 1
    write_file(tmp_path / "out.conll", [texts[-1]._replace(spans=(Span(0, 3, "X"),))], "conll")
    assert (tmp_path / "out.conll").read_text("utf-8") == "1\tAna\tB-X\n2\tBo\tO\n\n"


def test_other_columns_of_tags_are_named_with_their_spans(made, read, tmp_path) -> None:
    content = "Real\tB-ORG\tO\nMadrid\tI-ORG\tB-LOC\nwon\tO\tO\n\nBo\tB-PER\tO\n\n"
    texts, receipt = read(made("a.dat", content))
    assert receipt.remarks.first[-1].message == f"column 2, 2 spans: {OTHER}"
    assert receipt.spans_in_file == 1
    write_file(tmp_path / "same.conll", texts, "conll")
    assert (tmp_path / "same.conll").read_text("utf-8") == content


def test_a_line_without_a_word_is_none(made, tmp_path) -> None:
    content = "Ana\tB-PER\n\tI-PER\nRuiz\tI-PER\n\tO\nleft\tO\n\tB-LOC\n\n"
    annotated, receipt = imported(made("a.dat", content))
    assert (annotated.text, marked(annotated), annotated.complete) == ("Ana Ruiz left", [("Ana Ruiz", "PER")], False)
    assert receipt.remarks.reasons["the line has a tag and no word, and counts as none"] == 2
    assert receipt.spans_lost.reasons == {"its line has no word": 1}
    assert receipt.spans_lost.first[0].where == "a.dat:6"
    write_file(tmp_path / "same.conll", [annotated], "conll")
    assert (tmp_path / "same.conll").read_text("utf-8") == content


def test_a_comment_within_a_sentence_is_no_word(made, tmp_path) -> None:
    content = "# first\nAna B-PER\nRuiz I-PER\n# another\n# O\nran O\n\n"
    annotated, receipt = imported(made("a.dat", content))
    assert (annotated.text, marked(annotated), annotated.complete) == ("Ana Ruiz # ran", [("Ana Ruiz", "PER")], True)
    assert (receipt.spans_in_file, receipt.spans_exact) == (1, 1)
    assert receipt.remarks.reasons["it is a comment within a sentence"] == 1
    write_file(tmp_path / "same.conll", [annotated], "conll")
    assert (tmp_path / "same.conll").read_text("utf-8") == content
