"""Words that the project always splits are split in what goes out, so that no span in one of them is lost."""

import json
from contextlib import closing
from pathlib import Path

import pytest
import spacy
from spacy.tokens import DocBin

from gadget_trainer.cli import main
from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.formats.format import TokenRules
from gadget_trainer.formats.reading import read_files
from gadget_trainer.formats.writing import write_file

RULES = TokenRules("en", (("Kindle", "3"), ("3", "x", "300")))
TEXT = "A (mini-Kindle3) takes 3x300 g."
SPANS = (Span(8, 14, "GADGET"), Span(25, 28, "NUMBER"))
CUT = AnnotatedText(TEXT, SPANS, TextState.DONE, id=1, complete=True)


def entities(path: Path) -> list[list[tuple[int, int, str]]]:
    docs = DocBin().from_disk(path).get_docs(spacy.blank("en").vocab)
    return [[(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents] for doc in docs]


def test_a_docbin_holds_the_spans(tmp_path: Path) -> None:
    receipt = write_file(tmp_path / "a.spacy", [CUT], rules=RULES)
    assert receipt.spans_lost.count == 0
    assert entities(tmp_path / "a.spacy") == [[(span.start, span.end, span.label) for span in SPANS]]
    assert write_file(tmp_path / "a.spacy", [CUT]).spans_lost.count == 2


@pytest.mark.parametrize("name", ["conll-2003", "iob2", "biluo"])
def test_columns_hold_the_spans(tmp_path: Path, name: str) -> None:
    receipt = write_file(tmp_path / "a.txt", [CUT], name, RULES)
    assert receipt.spans_lost.count == 0
    (text,) = read_files([tmp_path / "a.txt"], "conll").texts()
    assert [(text.text[span.start : span.end], span.label) for span in text.spans] == [
        ("Kindle", "GADGET"),
        ("300", "NUMBER"),
    ]


def test_webanno_has_whole_tokens_for_them(tmp_path: Path) -> None:
    write_file(tmp_path / "a.tsv", [CUT], "webanno-tsv", RULES)
    lines = (tmp_path / "a.tsv").read_text("utf-8").splitlines()
    assert [line.split("\t")[2] for line in lines if "GADGET" in line or "NUMBER" in line] == ["Kindle", "300"]
    assert not any("." in line.split("\t")[0] for line in lines if line[:1].isdigit())


@pytest.mark.parametrize("name", ["spacy", "iob2", "webanno-tsv", "spacy-split"])
def test_the_command_line_follows_the_projects_rules(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    with closing(Project.create(tmp_path / "a.gadget")) as project:
        others = (AnnotatedText(f"{TEXT} {word}", SPANS, TextState.DONE, complete=True) for word in "abcdefgh")
        project.imports.add_texts([CUT, *others], "made")
        project.splits.make(RULES.splits)
    assert main(["export", str(tmp_path / "a.gadget"), str(tmp_path / "out"), "--format", name, "--json"]) == 0
    receipt = json.loads(capsys.readouterr().out)
    assert (receipt["spans_written"], receipt["spans_lost"]["count"]) == (18, 0)
