"""The labels of a base are scored before and after, on texts that the run does not learn from."""

import pytest
import spacy
from gadget_corpus import annotated

from gadget_trainer.training.base import Base
from gadget_trainer.training.keeping import Keeping
from gadget_trainer.training.kept_labels import Reference
from gadget_trainer.training.tokens import Tokens


def finder(**labels):
    """A pipeline that finds these words."""
    nlp = spacy.blank("xx")
    patterns = [{"label": label, "pattern": word} for label, words in labels.items() for word in words.split()]
    nlp.add_pipe("entity_ruler").add_patterns(patterns)
    return nlp


@pytest.fixture
def keeping():
    """Of a base that knows gadgets, and names whose meaning the person mends; also a place is taught."""
    nlp = finder(GADGET="Kindle Switch", NAME="Ana Oslo")
    base = Base(nlp, "", frozenset({"NAME", "PLACE"}), frozenset({"GADGET"}), frozenset({"NAME"}), frozenset())
    keeping = Keeping(base.kept, base.retaught)
    mended = annotated("Ana has a Kindle in Oslo", (0, 3, "NAME"), (20, 24, "PLACE"))
    held_out = [mended, annotated("Bo", (0, 2, "NAME"))]
    assert list(keeping.collect(base, Tokens(nlp.tokenizer), held_out, ["My Switch", "Ana"]))
    return keeping


def test_people_decide_where_they_marked_a_label_and_else_the_base(keeping):
    list(keeping.score(finder(GADGET="Kindle", NAME="Ana Bo", PLACE="Oslo Switch"), []))
    gadget, name = keeping.labels()
    assert (gadget.label, gadget.before, gadget.spans, gadget.reference) == ("GADGET", 1.0, 2, Reference.BASE)
    assert gadget.after == pytest.approx(2 / 3), "one of two found"
    assert (name.label, name.spans, name.reference) == ("NAME", 2, Reference.PEOPLE)
    assert name.before == pytest.approx(0.5), "Ana, and Oslo wrongly, and not Bo"
    assert name.after == 1.0
    assert keeping.f_score() == pytest.approx(2 * 3 / (4 + 3))


def test_the_last_scoring_counts(keeping):
    for pipeline in (finder(NAME="Ana"), finder(GADGET="Kindle Switch")):
        list(keeping.score(pipeline, []))
    assert [label.after for label in keeping.labels()] == [1.0, 0.0]


def test_nothing_to_be_found_is_no_score():
    nlp = finder(GADGET="Kindle")
    base = Base(nlp, "", frozenset(), frozenset({"GADGET"}), frozenset(), frozenset())
    keeping = Keeping(base.kept, base.retaught)
    list(keeping.collect(base, Tokens(nlp.tokenizer), [], ["Nothing"]))
    list(keeping.score(nlp, []))
    (gadget,) = keeping.labels()
    assert (gadget.before, gadget.after, gadget.lost, keeping.f_score()) == (None, None, False, None)


def test_what_the_base_knew_comes_back_from_the_folder(keeping, tmp_path):
    keeping.write(tmp_path)
    again = Keeping.read(tmp_path, spacy.blank("xx").vocab)
    assert again is not None
    for one in (keeping, again):
        list(one.score(finder(GADGET="Kindle", NAME="Ana Bo", PLACE="Oslo Switch"), []))
    assert again.labels() == keeping.labels()
    assert again.f_score() == keeping.f_score()
    assert Keeping.read(tmp_path / "elsewhere", spacy.blank("xx").vocab) is None
