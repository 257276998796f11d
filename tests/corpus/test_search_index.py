"""The index of words finds what reading all texts finds, whatever was edited since."""

import random

import pytest

from gadget_trainer.corpus import queries, search_index
from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.corpus.search_index import SearchIndex
from gadget_trainer.corpus.text_filter import TextFilter, TextOrder

WORDS = (
    "iphone",
    "iPhones",
    "北京",
    "ΣΊΣΥΦΟΣ",
    "straße",
    "STRASSE",
    "हिन्दी",
    "o'neill",
    "X",
    "x_y",
    "42",
    "😀",
    "กรุงเทพ",
    "naïve",
)


def found(project, words, **asked):
    return list(project.read.text_ids(TextFilter(words), **asked))


@pytest.fixture
def many(project):
    chance = random.Random(1)
    texts = (AnnotatedText(chance.choice((" ", "", "-", "\n")).join(chance.choices(WORDS, k=4))) for _ in range(300))
    project.imports.add_texts(texts, "many")
    return project


def test_it_finds_what_reading_finds(many):
    asked = [
        *WORDS,
        "iph",
        '"iphone x"',
        '"X iphone"',
        "straße 42",
        "京",
        "सि",
        "हि",
        "ΣΊΣ",
        "σίσυφος",
        "nai",
        '"42"',
        "pixel",
    ]
    before = [found(many, words) for words in asked]
    assert sum(map(len, before)) > 500
    assert list(many.search_index.build()) == [1.0]
    assert [found(many, words) for words in asked] == before


def test_it_is_used(many, monkeypatch):
    list(many.search_index.build())
    monkeypatch.setattr("gadget_trainer.corpus.queries._having", lambda *_: pytest.fail("a text was read"))
    assert found(many, "pixel") == [2]


def test_edits_undo_and_deletion_are_followed(project):
    list(project.search_index.build())
    project.texts.reword(2, "The Nokia is great")
    assert (found(project, "pixel"), found(project, "nokia"), found(project, "great")) == ([], [2], [2])
    project.journal.undo()
    assert (found(project, "pixel"), found(project, "nokia")) == ([2], [])
    project.texts.delete([1, 2])
    assert found(project, "iphone") == []
    project.journal.undo()
    assert found(project, "iphone") == [1]
    assert found(project, "the", order=TextOrder.PLACE, descending=True) == [2, 1]


def test_what_is_imported_later_is_found_at_once_and_indexed_next(project):
    list(project.search_index.build())
    assert list(project.search_index.build()) == []
    project.imports.add_texts([AnnotatedText("Nokia 3310")], "b")
    assert found(project, "nokia") == [4]
    assert list(project.search_index.build()) == [1.0]
    assert found(project, "nokia") == [4]


def test_it_is_built_in_slices_and_goes_on_where_it_was_left(many, path, monkeypatch):
    monkeypatch.setattr(search_index, "_SLICE", 100)
    steps = many.search_index.build()
    assert next(steps) == pytest.approx(100 / 303)
    steps.close()
    before, read = found(many, "x"), []
    having = queries._having
    monkeypatch.setattr(queries, "_having", lambda *asked: read.extend(asked[1]) or having(*asked))
    assert found(many, "x") == before
    assert read == list(range(101, 304)), "meanwhile the rest is read"
    many.close()
    again = Project.open(path)
    assert len(list(again.search_index.build())) == 3
    again.close()


def test_many_changes_build_it_anew(many, monkeypatch):
    list(many.search_index.build())
    monkeypatch.setattr(search_index, "_TOO_MANY_CHANGED", 2)
    for text_id in (1, 2, 3):
        many.texts.reword(text_id, f"Nokia {text_id}")
    assert list(many.search_index.build()) == [1.0]
    monkeypatch.setattr("gadget_trainer.corpus.queries._having", lambda *_: pytest.fail("a text was read"))
    assert found(many, "nokia") == [1, 2, 3]


def test_without_fts5_texts_are_read(project, monkeypatch):
    made = ("CREATE VIRTUAL TABLE word_index USING fts99(words)", *search_index._MAKE[1:])
    monkeypatch.setattr(search_index, "_MAKE", made)
    assert list(SearchIndex(project.read._store).build()) == []
    assert found(project, "pixel") == [2]
    project.texts.reword(2, "Nokia")
    assert found(project, "nokia") == [2]
