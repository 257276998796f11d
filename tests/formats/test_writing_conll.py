"""CoNLL's columns: words and spans of random corpora come back, and spaCy reads the files."""

import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from random_corpora import corpora, of_note, quick, through
from spacy.tokens import DocBin

from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.formats.reading import read_files
from gadget_trainer.formats.writing import write_file

NLP = spacy.blank("en")
ANA = AnnotatedText(
    "🙂 Ana Ruiz\nmoved to Oslo.",
    (Span(2, 10, "PERSON"), Span(20, 24, "BIG CITY")),
    TextState.DONE,
    id=7,
    complete=True,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("conll")


def words_and_spans(one: AnnotatedText) -> tuple[list[str], list[tuple[int, int, str]]] | None:
    """The words that spaCy finds, and the spans that consist of whole ones; None where there is no word."""
    doc = NLP(one.text)
    words = [token for token in doc if not token.is_space]
    number = {token.i: place for place, token in enumerate(words)}
    found = [doc.char_span(span.start, span.end, label="_".join(span.label.split())) for span in one.spans]
    spans = [(number[each.start], number[each.end - 1], each.label_) for each in found if each is not None]
    return ([word.text for word in words], spans) if words else None


def words_and_spans_read(one: AnnotatedText) -> tuple[list[str], list[tuple[int, int, str]]]:
    """The same of a text whose words were joined by single spaces."""
    spans = [(one.text.count(" ", 0, span.start), one.text.count(" ", 0, span.end), span.label) for span in one.spans]
    return one.text.split(" "), spans


@pytest.mark.parametrize("name", ["conll-2003", "iob2", "biluo"])
@quick
@given(corpus=corpora)
def test_words_and_spans_come_back(folder: Path, name: str, corpus: list[AnnotatedText]) -> None:
    written, again = through(folder / f"{name}.txt", corpus, name, "conll")
    expected = [found for one in of_note(corpus) if (found := words_and_spans(one))]
    assert [words_and_spans_read(one) for one in again] == expected
    spans = sum(len(one.spans) for one in of_note(corpus))
    assert written.spans_written + written.spans_lost.count == spans
    assert written.texts_written + written.texts_left_out.count == len(corpus)


def test_the_three_forms(tmp_path: Path) -> None:
    receipt = write_file(tmp_path / "a.conll", [ANA])
    assert (tmp_path / "a.conll").read_text("utf-8") == (
        "-DOCSTART- -X- O O\n\n🙂 -X- O O\nAna -X- O B-PERSON\nRuiz -X- O I-PERSON\nmoved -X- O O\nto -X- O O\n"
        "Oslo -X- O B-BIG_CITY\n. -X- O O\n\n"
    )
    assert receipt.not_held == {"spaces in labels, which became “_”": 1, "line breaks, tabs and runs of spaces": 1}
    write_file(tmp_path / "a.iob2", [ANA])
    assert "Ana\tB-PERSON\nRuiz\tI-PERSON\n" in (tmp_path / "a.iob2").read_text("utf-8")
    write_file(tmp_path / "a.biluo", [ANA])
    assert "Ana\tB-PERSON\nRuiz\tL-PERSON\nmoved\tO\nto\tO\nOslo\tU-BIG_CITY\n" in (tmp_path / "a.biluo").read_text(
        "utf-8"
    )


def test_what_cannot_be_held_is_counted(tmp_path: Path) -> None:
    corpus = [
        AnnotatedText("It takes 3x300 g", (Span(11, 14, "NUMBER"),), TextState.DONE, id=1, complete=True),
        AnnotatedText("Ana left", (Span(0, 3, "PERSON"),), id=2, flagged=True, note="who?", meta={"page": 3}),
        AnnotatedText("Nobody looked", id=3),
        AnnotatedText("Nobody wants it", (), TextState.SKIPPED, id=4),
        AnnotatedText("\n", (), TextState.DONE, id=5, complete=True),
    ]
    receipt = write_file(tmp_path / "a.iob2", corpus)
    assert [note.message for note in receipt.spans_lost.first] == ["11–14 “NUMBER”, “300”: it cuts a token"]
    assert [(note.where, note.message) for note in receipt.texts_left_out.first] == [
        ("text 3", "the text is to do and has no spans"),
        ("text 4", "the text is skipped"),
        ("text 5", "it holds nothing but spaces"),
    ]
    assert receipt.not_held == {
        "flags": 1,
        "notes": 1,
        "metadata": 1,
        "that words outside the spans are unknown": 1,
    }


def test_spacy_converts_it(tmp_path: Path) -> None:
    write_file(tmp_path / "a.conll", [ANA, AnnotatedText("Oslo", (Span(0, 4, "CITY"),), TextState.DONE)])
    command = [sys.executable, "-m", "spacy", "convert", "a.conll", ".", "-c", "conll"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    docs = list(DocBin().from_disk(tmp_path / "a.spacy").get_docs(NLP.vocab))
    assert [[(ent.text.strip(), ent.label_) for ent in doc.ents] for doc in docs] == [
        [("Ana Ruiz", "PERSON"), ("Oslo", "BIG_CITY")],
        [("Oslo", "CITY")],
    ]


LINES = (
    "# a note\n-DOCSTART- -X- O O\n\t\nAna NNP B-NP I-PERSON\nisn't VBZ  O O\nhere RB O O\n\t\n\n"
    "Oslo NNP I-NP I-CITY\nlone\n"
)
FIRST, SECOND = LINES[: LINES.index("Oslo")], LINES[LINES.index("Oslo") :]


def came(tmp_path: Path) -> list[AnnotatedText]:
    (tmp_path / "in.txt").write_text(LINES, "utf-8")
    return list(read_files([tmp_path / "in.txt"], "conll").texts())


def written(tmp_path: Path, texts: list[AnnotatedText], name: str = "conll") -> str:
    write_file(tmp_path / "out", texts, name)
    return (tmp_path / "out").read_text("utf-8")


def test_lines_go_back_as_they_came(tmp_path: Path) -> None:
    texts = came(tmp_path)
    assert written(tmp_path, texts) == LINES
    # In another order there is an empty line between the two.
    assert written(tmp_path, texts[::-1]) == f"{SECOND}\n{FIRST}"


def test_what_became_of_the_spans_is_in_the_lines(tmp_path: Path) -> None:
    first, second = came(tmp_path)
    spans = (Span(0, 9, "BIG NAME"),)
    tagged = FIRST.replace("I-PERSON", "B-BIG_NAME").replace("VBZ  O O", "VBZ  O I-BIG_NAME")
    assert written(tmp_path, [first._replace(spans=spans)]) == tagged
    assert written(tmp_path, [second._replace(spans=(Span(5, 9, "X"),))]) == "Oslo NNP I-NP O\nlone\tB-X\n"


def test_a_text_that_is_another_by_now_is_cut_anew(tmp_path: Path) -> None:
    first, _second = came(tmp_path)
    assert written(tmp_path, [first._replace(text=first.text + "!")]).splitlines()[-3:] == ["here\tO", "!\tO", ""]
    inside = first._replace(spans=(Span(6, 9, "X"),))  # spaCy cuts “is” and “n't”
    assert "n't\tB-X\n" in written(tmp_path, [inside])


def test_the_other_forms_have_the_words_of_the_file(tmp_path: Path) -> None:
    assert written(tmp_path, came(tmp_path), "iob2") == (
        "Ana\tB-PERSON\nisn't\tO\nhere\tO\n\nOslo\tB-CITY\nlone\tO\n\n"
    )
    assert write_file(tmp_path / "out", came(tmp_path), "iob2").not_held == {"metadata": 2}


def test_words_with_spaces_stay_one_only_in_lines_that_came_so(tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_text("New York\tB-CITY\nis\tO\n\n", "utf-8")
    texts = list(read_files([tmp_path / "in.txt"], "conll").texts())
    assert written(tmp_path, texts) == "New York\tB-CITY\nis\tO\n\n"
    assert written(tmp_path, texts, "iob2") == "New\tB-CITY\nYork\tI-CITY\nis\tO\n\n"
