"""YEDDA's marks and WebAnno's tables."""

from pathlib import Path

import pytest

from gadget_trainer.corpus.records import TextState
from gadget_trainer.formats.registry import recognise

HEADER = "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Pos|PosValue|coarse\n#T_SP=x.NamedEntity|identifier|value\n\n\n"
ROWS = (
    "#Text=🙂 Ana Ruiz moved to Oslo.\n1-1\t0-2\t🙂\t_\t_\t_\t_\t\n1-2\t3-6\tAna\t_\t_\t*[1]\tPERSON[1]\t\n"
    "1-3\t7-11\tRuiz\t_\t_\t*[1]\tPERSON[1]\t\n1-4\t12-17\tmoved\tV\tV\t_\t_\t\n1-5\t18-20\tto\t_\t_\t_\t_\t\n"
    "1-6\t21-25\tOslo\t_\t_\t*|*\tCITY\\_A|CITY\\_A\t\n1-6.1\t22-23\ts\t_\t_\t*\tS\t\n1-7\t25-26\t.\t_\t_\t_\t_\t\n"
)


def marked(text) -> list[tuple[str, str]]:
    return [(text.text[span.start : span.end], span.label) for span in text.spans]


def test_version_3(made, read) -> None:
    path = made("a.dat", HEADER + ROWS)
    assert recognise(path).name == "webanno-tsv"
    (text,), receipt = read(path)
    assert text.text == "🙂 Ana Ruiz moved to Oslo."
    assert marked(text) == [("Ana Ruiz", "PERSON"), ("Oslo", "CITY_A")]
    assert receipt.spans_repaired.count == 1  # the stacked one is the same
    assert receipt.spans_lost.reasons == {"a longer or earlier one overlaps it": 1}
    assert not receipt.fields_dropped  # the other layer is kept with the lines


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("testMultiTokenStackedSpanWithFeatureValue", [["This is a test ."]]),
        ("testSentenceWithEmoji", [[]]),
        ("testSentenceWithLineBreak", [[]]),
        ("testTokenBoundedSpanWithNastyFeatureValue", [["This", "is", "a", "test", "."]]),
        ("testCrossSentenceSpanWithFeatureValue", [["He loves her ."], ["She loves him not ."]]),
        ("testZeroLengthSpansWithFeatureValues", [[]]),
    ],
)
def test_inceptions_own_files(data: Path, read, name, expected) -> None:
    texts, receipt = read(data / "inception_tsv3" / f"{name}.tsv")
    assert receipt.format_title == "WebAnno / INCEpTION TSV"
    assert [[mention for mention, _label in marked(text)] for text in texts] == expected


def test_version_2(data: Path, read) -> None:
    texts, receipt = read(data / "inception_tsv3" / "example2.tsv")
    assert receipt.format_title == "WebAnno / INCEpTION TSV"
    assert marked(texts[0]) == [("Ms. Haag", "PER"), ("Elianti", "OTH")]
    assert marked(texts[1])[0] == ("Rolls-Royce Motor", "ORGpart")


def test_version_1(data: Path, read) -> None:
    texts, receipt = read(data / "inception_tsv3" / "example1.tsv")
    assert receipt.format_title == "WebAnno / INCEpTION TSV"
    assert marked(texts[0]) == [("Ms. Haag", "PER"), ("Elianti", "OTH")]
    assert receipt.fields_dropped["column 4"] == len(texts)  # the parts of speech


def test_what_an_older_version_has_beside_is_counted(data: Path, read) -> None:
    texts, receipt = read(data / "inception_tsv3" / "example2.tsv")
    assert receipt.fields_dropped == {"layer POS": len(texts), "layer Dependency": len(texts)}


def test_yeddas_marks_become_spans(made, read) -> None:
    path = made("a.dat", "🙂 [@Ana Ruiz#PERSON*] moved to [@Oslo#CITY*].\r\n\r\n[$Ben#PERSON*] left, #1\nnothing\n")
    assert recognise(path).name == "yedda"
    texts, receipt = read(path)
    assert [text.text for text in texts] == ["🙂 Ana Ruiz moved to Oslo.", "Ben left, #1", "nothing"]
    assert [marked(text) for text in texts] == [[("Ana Ruiz", "PERSON"), ("Oslo", "CITY")], [("Ben", "PERSON")], []]
    assert [text.state for text in texts] == [TextState.DONE, TextState.TODO, TextState.TODO]
    assert receipt.remarks.count == 0


def test_a_text_that_speaks_of_a_mark_is_plain_text(made) -> None:
    assert recognise(made("a.txt", "Hello world\nwrite [@x#LABEL*] in a text\nmore lines\n")).name == "txt"
    assert recognise(made("b.txt", "a\n" * 90 + "[@x#L*]\n" * 3)).name == "yedda"
    assert recognise(made("c.txt", "[@x#L*]\n")).name == "yedda"


def test_a_mark_that_is_not_closed_is_pointed_out(made, read) -> None:
    (text,), receipt = read(made("a.dat", "[@Ana [@Ruiz#PERSON*] left\n"))
    assert text.text == "[@Ana Ruiz left"
    assert marked(text) == [("Ruiz", "PERSON")]
    assert receipt.remarks.count == 1


def test_yeddas_own_file_is_read_to_the_last_mark(data: Path, read) -> None:
    path = data / "yedda_zh" / "excerpt.ann"
    texts, receipt = read(path)
    assert receipt.spans_kept == path.read_text("utf-8").count("*]")
    assert not any("[@" in text.text for text in texts)
