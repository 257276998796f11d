"""Files that are not what they seem, or in places where they should not be: nothing is lost, and it is said."""

import os
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.records import AnnotatedText, Span
from gadget_trainer.errors import UserError
from gadget_trainer.formats.overlaps import SAME_PLACE, Overlaps
from gadget_trainer.formats.reading import read_files
from gadget_trainer.formats.registry import recognise
from gadget_trainer.formats.writing import write_file

ANA = AnnotatedText("Ana moved to Oslo", (Span(0, 3, "P"),))


@pytest.mark.parametrize("name", ["jsonl", "csv-spans", "brat", "spacy"])
def test_an_export_never_takes_the_place_of_a_project(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.gadget"
    with closing(Project.create(path)) as project:
        project.imports.add_texts([ANA], "a text")
    link = tmp_path / "link.zip"
    link.symlink_to(path)
    before = path.read_bytes()
    for target in (path, link):
        with pytest.raises(UserError, match=r"is a project, and would be lost|is a file") as refused:
            write_file(target, [ANA], name)
        assert target.name in str(refused.value)
    assert path.read_bytes() == before


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names of files are characters")
def test_a_name_that_is_no_characters_is_imported(tmp_path: Path) -> None:
    path = Path(os.fsdecode(bytes(tmp_path) + b"/caf\xe9.txt"))
    path.write_text("Ana moved", "utf-8")
    with closing(Project.create(tmp_path / "a.gadget")) as project:
        outcome = project.imports.add_texts(read_files([path]).texts(), path.name)
        assert outcome.summary == "Imported caf?.txt"
        assert [one.source for one in project.read.texts()] == ["caf?.txt:1"]


@pytest.mark.parametrize("whole", [True, False])
def test_brat_follows_no_link_out_of_its_folder(tmp_path: Path, whole: bool) -> None:
    (tmp_path / "secret.txt").write_text("Ana moved", "utf-8")
    folder = tmp_path / "chosen"
    folder.mkdir()
    (folder / "a.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "a.ann").write_text("T1\tP 0 3\tAna\n", "utf-8")
    path = folder if whole else folder / "a.ann"
    read: list[AnnotatedText] = []
    with pytest.raises(UserError):
        read += read_files([path], "brat").texts()
    assert read == []


def test_marks_in_few_lines_are_yeddas(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("[@Ana#P*] met [@Ben#P*] in [$Oslo#C*].\n" + "Then they left.\n" * 6, "utf-8")
    assert recognise(path).name == "yedda"
    path.write_text("[@Ana#P*] met Ben.\nThen they left.\n", "utf-8")
    assert recognise(path).name == "yedda"
    path.write_text("A mark is written [@so#X*].\n" + "That is all.\n" * 2, "utf-8")
    assert recognise(path).name == "txt"


@pytest.mark.parametrize("codec", ["utf-32", "utf-32-le", "utf-32-be"])
def test_utf_32_is_read_by_its_mark(tmp_path: Path, codec: str, read) -> None:
    path = tmp_path / "a.txt"
    mark = "\ufeff" if codec != "utf-32" else ""
    path.write_bytes(f"{mark}Zoë 🙂\nBen".encode(codec))
    texts, receipt = read(path)
    assert [one.text for one in texts] == ["Zoë 🙂", "Ben"]
    assert receipt.encoding == "UTF-32"
    path.write_bytes(path.read_bytes()[:-2])
    with pytest.raises(UserError, match=r"^a\.txt:2 is not UTF-32: .* choose its encoding, and import") as refused:
        read(path)
    assert refused.value.option == "--encoding NAME"


def test_a_span_gives_way_to_the_one_that_won() -> None:
    spans = [Span(0, 3, "P"), Span(0, 7, "Q"), Span(4, 12, "S"), Span(20, 23, "A"), Span(20, 23, "B")]
    kept, lost = Overlaps().settle("x" * 30, spans, "a:1")
    assert kept == (spans[0], spans[2], spans[3])
    assert [(one.span, one.rival) for one in lost] == [(spans[1], spans[2]), (spans[4], spans[3])]
    assert lost[1].reason == SAME_PLACE
    assert lost[0].reason != SAME_PLACE


def test_a_span_outside_its_text_can_be_taken_by_its_words(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text":"Ana","spans":[{"start":9,"end":12,"label":"P","text":"Ana"}]}\n', "utf-8")
    with pytest.raises(UserError, match="mend them, take the words that the file gives, or leave such") as refused:
        list(read_files([path]).texts())
    assert refused.value.option == "--mismatches words, or --outside leave-out"
    path.write_text('{"text":"Ana","spans":[{"start":9,"end":12,"label":"P"}]}\n', "utf-8")
    with pytest.raises(UserError, match="mend them, or leave such spans out, and import the file again"):
        list(read_files([path]).texts())


def test_what_a_killed_export_left_is_cleared_away(tmp_path: Path) -> None:
    old, new, other = (tmp_path / f".{name}.0123456{n}.partial" for n, name in enumerate(["a.csv", "a.csv", "b.csv"]))
    for one in (old, new, other):
        one.write_text("half", "utf-8")
    for one in (old, other):
        os.utime(one, (time.time() - 7200, time.time() - 7200))
    write_file(tmp_path / "a.csv", [ANA], "csv-spans")
    assert sorted(one.name for one in tmp_path.iterdir()) == [new.name, other.name, "a.csv"]
