"""The table of spans, as a spreadsheet reads it."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from random_corpora import corpora, quick

from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.formats.writing import write_file


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("csv")


def table(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def test_a_row_a_span(tmp_path: Path) -> None:
    ana = AnnotatedText("🙂 Ana, Ruiz", (Span(2, 11, "PERSON"),), id=7, source="mail.jsonl:3", flagged=True)
    receipt = write_file(tmp_path / "a.csv", [ana, AnnotatedText("x", (), TextState.DONE, id=8)])
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbftext,source,start,end,surface,label,state\r\n")
    assert table(tmp_path / "a.csv")[1:] == [["7", "mail.jsonl:3", "2", "11", "Ana, Ruiz", "PERSON", "todo"]]
    assert receipt.summary() == "Wrote 1 text with 1 span to a.csv; 1 text left out."
    assert [(note.where, note.message) for note in receipt.texts_left_out.first] == [("text 8", "it has no spans")]
    assert receipt.not_held == {"flags": 1}


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝"])
def test_what_looks_like_a_formula_is_shown_and_not_run(tmp_path: Path, sign: str) -> None:
    text = f'{sign}HYPERLINK("http://x","y")'
    write_file(tmp_path / "a.csv", [AnnotatedText(text, (Span(0, len(text), f"{sign}L"),), source=f"{sign}1:1")])
    ((_number, source, _start, _end, surface, label, _state),) = table(tmp_path / "a.csv")[1:]
    assert (source, surface, label) == (f"'{sign}1:1", f"'{text}", f"'{sign}L")


@quick
@given(corpora)
def test_every_span_of_random_corpora_has_its_row(folder: Path, corpus: list[AnnotatedText]) -> None:
    write_file(folder / "a.csv", corpus)
    rows = table(folder / "a.csv")[1:]
    spans = [(number, one, span) for number, one in enumerate(corpus, start=1) for span in one.spans]
    for row, (number, one, span) in zip(rows, spans, strict=True):
        assert row[0] == str(number)
        assert row[2:4] == [str(span.start), str(span.end)]
        assert row[4].removeprefix("'") == one.text[span.start : span.end].removeprefix("'")
        assert row[5].removeprefix("'") == span.label.removeprefix("'")
        assert row[6] == one.state.value
