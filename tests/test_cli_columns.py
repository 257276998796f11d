"""``gadget-trainer import --text-column``: which column of a table the texts are in."""

from contextlib import closing
from pathlib import Path

import pytest

from gadget_trainer.cli import main
from gadget_trainer.corpus.project import Project

TABLE = "id,title,text,topic\n1,Kindle,It broke,BAD\n2,Pixel,I like it,GOOD\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "a.csv"
    path.write_text(TABLE, "utf-8")
    return path


def imported(table: Path, *options: str) -> list[tuple[str, tuple[str, ...], object]]:
    project = table.with_name("a.gadget")
    assert main(["import", str(project), str(table), *options]) == 0
    with closing(Project.open(project)) as opened:
        return [(one.text, one.categories, one.meta["table"]) for one in opened.read.texts()]


def test_the_texts_are_in_the_column_that_is_named(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert imported(table, "--text-column", "title") == [
        ("Kindle", ("BAD",), {"id": "1", "text": "It broke"}),
        ("Pixel", ("GOOD",), {"id": "2", "text": "I like it"}),
    ]
    assert "the texts are in the column “title”" in capsys.readouterr().out


def test_a_column_of_categories_can_be_that_of_the_texts(table: Path) -> None:
    assert [(text, categories) for text, categories, _others in imported(table, "--text-column", "topic")] == [
        ("BAD", ()),
        ("GOOD", ()),
    ]


def test_names_that_were_not_taken_for_names_can_be_named(table: Path) -> None:
    table.write_text("alpha,beta\n1,x\n2,y\n", "utf-8")
    texts = imported(table, "--format", "csv", "--text-column", "beta")
    assert [text for text, _categories, _others in texts] == ["x", "y"]


def test_a_column_that_is_not_there_is_said_with_those_that_are(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = table.with_name("a.gadget")
    assert main(["import", str(project), str(table), "--text-column", "body"]) == 2
    assert capsys.readouterr().err == (
        "a.csv has no column “body”. Its columns are: “id”, “title”, “text”, “topic”. Name one of them.\n"
    )
    assert not project.exists()


def test_a_file_without_columns_is_said(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table.write_text("Ana moved to Oslo.\nBen left.\n", "utf-8")
    assert main(["import", str(table.with_name("a.gadget")), str(table), "--text-column", "body"]) == 2
    assert "a.csv was taken for Plain text (a text a line), which has no columns" in capsys.readouterr().err
