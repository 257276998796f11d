"""Labels are merged, described and put into order."""

from dataclasses import replace

import pytest

from gadget_trainer.corpus.records import AnnotatedText, Label, Span, TextState
from gadget_trainer.errors import UserError


@pytest.fixture
def two(project):
    """GADGET (1) and PHONE (2), a span of each in a text, PHONE younger."""
    project.labels.add("PHONE")
    project.imports.add_texts([AnnotatedText("Pixel or Kindle", (Span(0, 5, "PHONE"), Span(9, 15, "GADGET")))], "b")
    return project


def everything(project):
    return list(project.read.texts()), project.read.labels(), project.read.counts()


@pytest.mark.parametrize(("gone", "stays"), [("PHONE", "GADGET"), ("GADGET", "PHONE")])
def test_merged_labels_share_all_spans_and_come_apart_again(two, gone, stays):
    before = everything(two)
    ids = {label.name: label.id for label in two.read.labels()}
    outcome = two.labels.merge(ids[gone], ids[stays])
    assert (outcome.labels_changed, outcome.bulk) == (True, True)
    assert [label.name for label in two.read.labels()] == [stays]
    assert two.read.text(4).spans == (Span(0, 5, stays), Span(9, 15, stays))
    after = everything(two)
    for _ in range(2):
        two.journal.undo()
        assert everything(two) == before
        two.journal.redo()
        assert everything(two) == after


@pytest.mark.parametrize(("gone", "stays"), [("PHONE", "GADGET"), ("GADGET", "PHONE")])
def test_a_text_done_before_the_younger_label_is_not_complete_for_both(two, gone, stays):
    two.edit.set_state([2], TextState.DONE)
    assert [text.complete for text in two.read.texts([1, 2])] == [False, True]
    ids = {label.name: label.id for label in two.read.labels()}
    two.labels.merge(ids[gone], ids[stays])
    assert [text.complete for text in two.read.texts([1, 2])] == [False, True]


def test_the_summary_says_how_many(two):
    assert two.labels.merge(2, 1).summary == "Merged PHONE into GADGET: 1 span"
    assert two.labels.merge(1, 2) is None  # what stays is as new as the newer one
    assert two.labels.merge(2, 2) is None
    with pytest.raises(UserError, match="that GADGET was to become a part of is gone"):
        two.labels.merge(2, 1)


def test_labels_are_put_into_order(two):
    two.labels.add("SHOP")
    two.labels.reorder([3, 1])
    assert [label.name for label in two.read.labels()] == ["SHOP", "GADGET", "PHONE"]
    assert two.labels.reorder([3, 1, 2]) is None
    two.journal.undo()
    assert [label.name for label in two.read.labels()] == ["GADGET", "PHONE", "SHOP"]


def test_a_label_says_what_it_means_in_one_step(two):
    gadget, phone = two.read.labels()
    described = replace(
        gadget,
        name="THING",
        colour="#123456",
        description=" Things that run on a battery. ",
        examples=("iPhone X", " ", "Kindle"),
        key="g",
    )
    assert two.labels.change(described).summary == "Renamed GADGET to THING"
    kept = two.read.labels()[0]
    assert kept == replace(
        described, description="Things that run on a battery.", examples=("iPhone X", "Kindle"), key="G"
    )
    assert two.labels.change(kept) is None
    with pytest.raises(UserError, match="The key G chooses THING already"):
        two.labels.change(replace(phone, key="g"))
    with pytest.raises(UserError, match="A key is one letter or one digit"):
        two.labels.change(replace(phone, key="F1"))
    two.journal.undo()
    assert two.read.labels() == [gadget, phone]


@pytest.mark.parametrize(
    ("change", "summary"),
    [
        ({"colour": "#000000"}, "Recoloured PHONE"),
        ({"examples": ("Pixel",)}, "Described PHONE"),
        ({"key": "P"}, "Changed PHONE"),
    ],
)
def test_the_summary_says_what_changed(two, change, summary):
    assert two.labels.change(replace(two.read.labels()[1], **change)).summary == summary


def test_a_new_label_may_come_with_all_that_is_known_of_it(two):
    two.labels.add("SHOP", "#123456", description="Where things are sold.", examples=["Aldi"], key="s")
    assert two.read.labels()[2] == Label(3, "SHOP", "#123456", 2, "Where things are sold.", ("Aldi",), "S")
    with pytest.raises(UserError, match="The key S chooses SHOP already"):
        two.labels.add("STREET", key="S")


def test_how_many_texts_are_complete_for_each_label(two):
    assert two.read.complete_texts() == {1: 1, 2: 0}
    two.edit.set_state([2], TextState.DONE)
    assert two.read.complete_texts() == {1: 2, 2: 1}


def test_the_history_is_told_from_the_latest(two):
    two.edit.set_flag([1], flagged=True)
    two.journal.undo()
    latest = two.journal.history(2)
    assert [(one.summary, one.undone) for one in latest] == [("Flagged the text", True), ("Imported b", False)]
    earlier = two.journal.history(10, before_id=latest[-1].id)
    assert [one.summary for one in earlier] == ["Added the label PHONE", "Imported a"]
    two.edit.set_flag([2], flagged=True)  # cuts off what was undone
    assert [one.text_id for one in two.journal.history(2)] == [2, None]
