"""Tables of texts, with the column that is the text found or chosen; the same texts come back from CSV."""

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import assume, given
from random_corpora import corpora, quick, through

from gadget_trainer.corpus.records import AnnotatedText, TextState
from gadget_trainer.errors import UserError
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.registry import reader_named, recognise
from gadget_trainer.formats.source import Source
from gadget_trainer.formats.tables import Columns, TableReader
from gadget_trainer.formats.writing import write_file

Made = Callable[[str, str | bytes], Path]
ORDERS = 'id;text;label\n1;=Ana moved; \n2;"Ben\nleft; ""soon""";GOOD|NEW\n3;;BAD\n'


def test_the_text_and_the_categories_are_found_by_their_names(made: Made, read) -> None:
    path = made("a.dat", ORDERS)
    assert recognise(path).name == "csv"
    texts, receipt = read(path)
    assert [(one.text, one.categories, one.state, one.source) for one in texts] == [
        ("=Ana moved", (), TextState.TODO, "a.dat:2"),
        ('Ben\nleft; "soon"', ("GOOD", "NEW"), TextState.DONE, "a.dat:3"),
    ]
    assert texts[0].meta == {"table": {"id": "1"}}
    assert not texts[1].complete
    assert receipt.texts_skipped.first[0].where == "a.dat:5"
    sentence = "the texts are in the column “text”, and their categories in the column “label”"
    assert receipt.remarks.reasons == {sentence: 1}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("a\tb\nx\tHello there, you\n", Columns(("1", "2"), has_header=False, text=1)),
        ("no\tsentence\n1\tHi\n", Columns(("no", "sentence"), has_header=True, text=1)),
        ("text,start\n1,An Oslo\n", Columns(("text", "start"), has_header=True, text=1)),
        ("name,when\nAna," + "long " * 20 + "\n", Columns(("name", "when"), has_header=True, text=1)),
        ("label,text\n" + "long " * 20 + ",a\n", Columns(("label", "text"), has_header=True, text=1)),
    ],
)
def test_the_guess(made: Made, content: str, expected: Columns) -> None:
    reader = reader_named("tsv" if "\t" in content else "csv")
    assert isinstance(reader, TableReader)
    assert reader.guess(Source(made("a", content))) == expected


def test_other_columns_can_be_chosen(made: Made) -> None:
    reader = reader_named("csv")
    assert isinstance(reader, TableReader)
    chosen = reader.with_columns(Columns(("a", "b"), has_header=False, text=0, categories=1))
    texts = list(chosen.read(Source(made("a.csv", "text,topic\nx,y\n")), Receipt("a.csv", reader.title)))
    assert [(one.text, one.categories) for one in texts] == [("text", ("topic",)), ("x", ("y",))]
    assert reader.columns is None


def test_prose_with_commas_is_no_table(made: Made) -> None:
    assert recognise(made("a", "Ana, of Oslo\nBen, of Rome\n")).name == "txt"


def test_doccanos_csv_in_utf_16(data: Path, read) -> None:
    texts, _receipt = read(data / "doccano" / "example.utf16.csv", "csv")
    assert [(one.text, one.categories) for one in texts] == [
        ("AAA", ("Positive",)),
        ("BBB", ("Positive",)),
        ("CCC", ("Negative",)),
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tables")


@quick
@given(corpora)
def test_texts_states_and_categories_come_back_from_csv(folder: Path, corpus: list[AnnotatedText]) -> None:
    plain = [
        AnnotatedText(one.text, (), one.state, categories=tuple(name for name in one.categories if _is_held(name)))
        for one in corpus
        if one.text.strip()
    ]
    assume(plain)
    _written, again = through(folder / "a.csv", plain, "csv", None)
    assert [(one.text, one.state, one.categories) for one in again] == [
        (one.text, one.state, one.categories) for one in plain
    ]


def _is_held(name: str) -> bool:
    return "|" not in name and name == name.strip()


def test_a_workbook_is_read_by_its_rows(tmp_path: Path, read) -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("second")
    for row in (["date", "comment", "topic"], [7, "🙂 Ana\nleft", "PEOPLE"], [None, None, None], [8.5, "Oslo", None]):
        sheet.append(row)
    book.save(tmp_path / "a.dat")
    assert recognise(tmp_path / "a.dat").name == "xlsx"
    texts, receipt = read(tmp_path / "a.dat")
    assert [(one.text, one.categories, one.source) for one in texts] == [
        ("🙂 Ana\nleft", ("PEOPLE",), "a.dat:2"),
        ("Oslo", (), "a.dat:4"),
    ]
    assert texts[1].meta == {"table": {"date": "8.5"}}
    assert receipt.texts_skipped.count == 0


def test_sheets_that_are_not_read_are_counted(tmp_path: Path, read) -> None:
    book = openpyxl.Workbook()
    for title, rows in (("data", [["text"], ["Ana"]]), ("empty", []), ("more", [["text"], ["Ben"], ["Cid"]])):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    texts, receipt = read(tmp_path / "a.xlsx")
    assert [one.text for one in texts] == ["Ana"]
    assert receipt.fields_dropped == {"rows of other sheets": 3}
    assert [note.message.split(":")[0] for note in receipt.remarks.first] == ["“more” with 3 rows"]


def test_columns_of_one_name_are_all_kept(made: Made, read) -> None:
    (text,), _receipt = read(made("a.csv", "text,note,note,note (2)\nAna,a,b,c\n"))
    assert text.meta == {"table": {"note": "a", "note (2)": "b", "note (2) (2)": "c"}}


def test_what_a_spreadsheet_would_compute_is_guarded_and_comes_back(tmp_path: Path, read) -> None:
    texts = [AnnotatedText(text) for text in ("=1+1", "'=1", "'quoted'", "@ana", "-")]
    write_file(tmp_path / "a.csv", texts, "csv")
    assert "\r\n'=1+1,todo,\r\n''=1,todo," in (tmp_path / "a.csv").read_bytes().decode("utf-8-sig")
    assert [one.text for one in read(tmp_path / "a.csv")[0]] == [one.text for one in texts]


def test_a_row_that_cannot_be_read_is_named(made: Made, read) -> None:
    with pytest.raises(UserError, match=r"^a\.csv:2 cannot be read as a row"):
        read(made("a.csv", "text,b\na\rb,c\n"), "csv")


def test_a_large_table_is_read_a_row_at_a_time(made: Made) -> None:
    row = f'"{"a long text, and longer; " * 40}",x\n'
    path = made("a.csv", "text,topic\n" + row * 20_000)
    reader = reader_named("csv")
    tracemalloc.start()
    try:
        texts = sum(1 for _text in reader.read(Source(path), Receipt("a.csv", reader.title)))
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert texts == 20_000
    assert path.stat().st_size > 19_000_000
    assert peak < 3_000_000


def test_what_cannot_be_decoded_is_named_though_rows_before_it_can(made: Made, read) -> None:
    content = "text,topic\n" + "Ana moved,x\n" * 20_000
    with pytest.raises(UserError, match=r"^a\.csv:20002 is not UTF-8"):
        read(made("a.csv", content.encode() + b"\xff\xfe,x\n"), "csv")


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_line_break_in_a_cell_stays_what_it_is(made: Made, read, ends: str) -> None:
    path = made("a.csv", ends.join(["text,topic", f'"Ana{ends}le\u2028ft\0",x', "Ben,y", ""]))
    texts, _receipt = read(path, "csv")
    assert [(one.text, one.source) for one in texts] == [(f"Ana{ends}le\u2028ft\0", "a.csv:2"), ("Ben", "a.csv:4")]
