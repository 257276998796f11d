"""Out of a real project into a file, and from there into an empty one: the same texts and spans."""

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_corpora import corpora, quick

from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.records import AnnotatedText, TextState
from gadget_trainer.formats.reading import read_files
from gadget_trainer.formats.writing import write_file

few = settings(quick, max_examples=6)

EXACT = {
    "jsonl": "a.jsonl",
    "spacy-json": "a.json",
    "doccano": "a.jsonl",
    "labelstudio": "a.json",
    "brat": "a.zip",
    "csv-spans": "a.csv",
}
"""The formats whose spans are offsets, so that nothing depends on tokens."""
READERS = {"conll-2003": "conll", "iob2": "conll", "biluo": "conll", "spacy": "spacy", "webanno-tsv": "webanno-tsv"}
"""Those whose texts are cut into tokens, with what reads them."""


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new project, to be copied: that is sooner done than making one."""
    path = tmp_path_factory.mktemp("projects") / "empty.gadget"
    Project.create(path).close()
    return path


@contextmanager
def new_project(empty: Path, name: str) -> Iterator[Project]:
    path = Path(shutil.copy(empty, empty.with_name(name)))
    with closing(Project.open(path)) as project:
        yield project


def kept(texts: Sequence[AnnotatedText]) -> list[tuple[object, ...]]:
    return [(one.text, one.spans) for one in texts]


def through(empty: Path, corpus: list[AnnotatedText], writer: str, reader: str | None, name: str) -> Sequence[object]:
    """What the first project holds, what the file does as it is read, and what the second project holds of it."""
    with new_project(empty, "first.gadget") as first, new_project(empty, "second.gadget") as second:
        first.imports.add_texts(iter(corpus), "a corpus")
        before = list(first.read.texts())
        path = empty.with_name(name)
        receipt = write_file(path, before, writer)
        if not path.stat().st_size or not receipt.texts_written:
            return before, [], []
        second.imports.add_texts(read_files([path], reader).texts(), name)
        return before, list(read_files([path], reader).texts()), list(second.read.texts())


@few
@given(corpus=corpora, writer=st.sampled_from(list(EXACT)))
def test_offsets_come_back_into_another_project(empty: Path, writer: str, corpus: list[AnnotatedText]) -> None:
    before, read, after = through(empty, corpus, writer, writer, EXACT[writer])
    assert kept(before) == kept(corpus)
    holds_skipped = writer in ("jsonl", "labelstudio", "csv-spans")
    expected = [one for one in before if holds_skipped or one.state is not TextState.SKIPPED]
    assert kept(after) == kept(read)
    assert kept(after) == kept(expected)
    if writer == "jsonl":
        fields = [(one.state, one.flagged, one.complete, one.categories) for one in before]
        assert [(one.state, one.flagged, one.complete, one.categories) for one in after] == fields


@few
@given(corpus=corpora, writer=st.sampled_from(list(READERS)))
def test_tokens_come_back_into_another_project(empty: Path, writer: str, corpus: list[AnnotatedText]) -> None:
    before, read, after = through(empty, corpus, writer, READERS[writer], f"{writer}.txt")
    assert kept(after) == kept(read)
    assert len(after) <= sum(one.state is not TextState.SKIPPED for one in before)


def test_the_whole_of_a_project_comes_back_by_jsonl(empty: Path) -> None:
    rows = [
        {
            "text": "🙂 Ana\r\nin Oslo",
            "spans": [{"start": 2, "end": 5, "label": "P"}],
            "answer": "accept",
            "meta": {"n": 1},
        },
        {"text": "Bob", "answer": "ignore", "note": "who?", "flagged": True},
        {"text": "Eva", "spans": [], "answer": "accept", "refused": [{"start": 0, "end": 3, "label": "P"}]},
    ]
    came = empty.with_name("came.jsonl")
    came.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    corpus = list(read_files([came]).texts())
    before, _read, after = through(empty, corpus, "jsonl", None, "out.jsonl")
    assert [one._replace(source="", id=0) for one in after] == [one._replace(source="", id=0) for one in before]
    assert kept(before) == kept(corpus)
