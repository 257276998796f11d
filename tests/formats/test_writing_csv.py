"""The table of spans, as a spreadsheet reads it."""

import csv
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from random_corpora import corpora, quick, through

from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.errors import UserError
from gadget_trainer.formats.reading import read_files
from gadget_trainer.formats.writing import write_file


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("csv")


def table(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


HEADER = b"\xef\xbb\xbftext,source,start,end,surface,label,state,complete,content\r\n"


def test_a_row_a_span(tmp_path: Path) -> None:
    ana = AnnotatedText("🙂 Ana, Ruiz", (Span(2, 11, "PERSON"),), id=7, source="mail.jsonl:3", flagged=True)
    spans = (Span(0, 3, "PERSON"), Span(7, 11, "CITY"))
    ben = AnnotatedText("Ben in Oslo", spans, TextState.DONE, id=8, complete=True)
    receipt = write_file(tmp_path / "a.csv", [ana, ben, AnnotatedText("x", (), TextState.SKIPPED, id=9)], "csv-spans")
    assert (tmp_path / "a.csv").read_bytes().startswith(HEADER)
    assert table(tmp_path / "a.csv")[1:] == [
        ["7", "mail.jsonl:3", "2", "11", "Ana, Ruiz", "PERSON", "todo", "no", "🙂 Ana, Ruiz"],
        ["8", "", "0", "3", "Ben", "PERSON", "done", "yes", "Ben in Oslo"],
        ["8", "", "7", "11", "Oslo", "CITY", "done", "yes", "Ben in Oslo"],
        ["9", "", "", "", "", "", "skipped", "no", "x"],
    ]
    assert receipt.summary() == "Wrote 3 texts with 3 spans to a.csv."
    assert receipt.not_held == {"flags": 1}


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝"])
def test_what_looks_like_a_formula_is_shown_and_not_run(tmp_path: Path, sign: str) -> None:
    text = f'{sign}HYPERLINK("http://x","y")'
    write_file(tmp_path / "a.csv", [AnnotatedText(text, (Span(0, len(text), f"{sign}L"),), source=f"{sign}1:1")])
    ((_number, source, _start, _end, surface, label, _state, _complete, content),) = table(tmp_path / "a.csv")[1:]
    assert (source, surface, label, content) == (f"'{sign}1:1", f"'{text}", f"'{sign}L", f"'{text}")


@quick
@given(corpora, st.randoms())
def test_random_corpora_come_back_in_any_order_of_rows(
    folder: Path, corpus: list[AnnotatedText], chance: Random
) -> None:
    path = folder / "a.csv"
    plain = [AnnotatedText(one.text, one.spans, one.state, complete=one.complete) for one in corpus]
    written, again = through(path, plain, "csv-spans", None)
    assert written.not_held == {}
    assert [one._replace(source="") for one in again] == plain
    names, *rows = table(path)
    chance.shuffle(rows)
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows([names, *rows])
    order = list(dict.fromkeys(int(row[0]) for row in rows))
    shuffled = [one._replace(source="") for one in read_files([path]).texts()]
    assert shuffled == [plain[number - 1] for number in order]


def test_what_was_done_to_the_rows_is_read_and_told(tmp_path: Path, read) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "sep=;\n"
        "mine;Label;START;end;text;content;surface;state;complete\n"
        "a;PERSON;0,0;3.0;1;Ana in Oslo;Ana;DONE;YES\n"
        ";CITY;6;11;1;;;;\n"  # with the space before it
        ";;;;;;;;\n"
        ";CITY;x;12;2;Ben;;;\n"
        ";CITY;0;3;3;;Cid;;\n"
        ";CITY;;;4;;;;\n"
        ";PERSON;0;3;1;Ana in Oslo;Ana;;\n"
        ";PERSON;0;3;1;Eva in Rome;Eva;;\n",  # of another project
        "utf-8",
    )
    texts, receipt = read(path)
    assert [(one.text, one.spans, one.state, one.complete, one.source) for one in texts] == [
        ("Ana in Oslo", (Span(0, 3, "PERSON"),), TextState.DONE, True, "a.csv:3"),
        ("Ben", (), TextState.TODO, False, "a.csv:6"),
        ("Eva in Rome", (Span(0, 3, "PERSON"),), TextState.DONE, False, "a.csv:10"),
    ]
    assert receipt.fields_dropped == {"mine": 1}
    assert [one.where for one in receipt.spans_lost.first] == ["a.csv:6", "a.csv:4", "a.csv:7", "a.csv:8"]
    said = "no row of its text has the words of the text, in the column “content”: put that row back"
    assert receipt.spans_lost.reasons[said] == 3
    assert receipt.spans_merged == 1


def test_rows_are_taken_out_and_the_others_stay(tmp_path: Path, read) -> None:
    spans = (Span(0, 3, "PERSON"), Span(7, 11, "CITY"), Span(16, 20, "CITY"))
    long = AnnotatedText("Ana in Oslo, in Rome" + " and on" * 500, spans, TextState.DONE, complete=True)
    short = AnnotatedText("Ben in Oslo, in Rome", spans, TextState.DONE, complete=True)
    for text, lost in ((short, 0), (long, 2)):
        write_file(tmp_path / "a.csv", [text], "csv-spans")
        names, first, *rows = table(tmp_path / "a.csv")
        with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([names, *rows])
        texts, receipt = read(tmp_path / "a.csv")
        assert first[4] in ("Ana", "Ben")
        assert [one.spans for one in texts] == ([spans[1:]] if not lost else [])
        assert receipt.spans_lost.count == lost


def test_a_table_without_the_texts_is_refused_in_words(tmp_path: Path, read) -> None:
    path = tmp_path / "a.csv"
    path.write_text("text,source,start,end,surface,label,state\n7,m:3,2,11,Ana,PERSON,todo\n", "utf-8")
    with pytest.raises(
        UserError, match=r"^a\.csv has no column “content”, so that it cannot be read as a table of spans\."
    ):
        read(path)
