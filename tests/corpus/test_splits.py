"""Words that are always split: which rules a span asks for, and that each is a step of the journal."""

import pytest

from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.records import Span
from gadget_trainer.corpus.snapping import TokenEdges
from gadget_trainer.corpus.split_rules import rules_for

RULE = ("iPhone", "X")


def asked(text, tokens, start, end, rules=()):
    """The rules for a span, where the tokens are those words."""
    edges, at = TokenEdges(), 0
    for token in tokens:
        at = text.index(token, at)
        edges.extend([at], [at + len(token)])
        at += len(token)
    return rules_for(text, edges, Span(start, end, "GADGET"), rules)


@pytest.mark.parametrize(
    ("text", "tokens", "start", "end", "rules"),
    [
        ("an iPhoneX now", ["an", "iPhoneX", "now"], 3, 9, [("iPhone", "X")]),
        ("an iPhoneX now", ["an", "iPhoneX", "now"], 9, 10, [("iPhone", "X")]),
        ("an iPhoneX now", ["an", "iPhoneX", "now"], 4, 9, [("i", "Phone", "X")]),
        ("an iPhoneX now", ["an", "iPhoneX", "now"], 5, 12, [("iP", "honeX"), ("n", "ow")]),
        ("an iPhoneX now", ["an", "iPhoneX", "now"], 3, 10, []),
        ("😀iPhoneX", ["😀iPhoneX"], 1, 8, [("😀", "iPhoneX")]),
    ],
)
def test_a_span_asks_for_cuts_at_its_edges(text, tokens, start, end, rules):
    assert asked(text, tokens, start, end) == rules


def test_a_piece_is_cut_within_the_rule_for_its_word():
    tokens = ["an", "iPhone", "X", "now"]
    assert asked("an iPhoneX now", tokens, 4, 10, [RULE]) == [("i", "Phone", "X")]
    assert asked("an iPhone X now", tokens, 4, 9, [RULE]) == [("i", "Phone")], "that word stands by itself"


def test_a_rule_that_the_tokenizer_does_not_follow_is_not_asked_for_again():
    assert asked("an iPhoneX now", ["an", "iPhoneX", "now"], 3, 9, [RULE]) == []


def test_rules_are_made_undone_and_taken_back(project, path):
    outcome = project.splits.make([RULE, ("Covid", "-", "19")], 2)
    assert outcome.splits_changed
    assert not outcome.categories_changed
    assert outcome.text_id == 2
    assert outcome.summary == ("Always split “iPhoneX” into “iPhone” and “X” and “Covid-19” into “Covid”, “-” and “19”")
    assert project.splits.make([RULE]) is None
    assert project.splits.all() == (RULE, ("Covid", "-", "19"))
    assert project.splits.take_back({"iPhoneX", "gone"}).summary == "No longer split “iPhoneX”"
    assert project.splits.take_back({"iPhoneX"}) is None
    assert project.journal.undo().splits_changed
    project.close()
    again = Project.open(path)
    assert again.splits.all() == (RULE, ("Covid", "-", "19"))
    again.journal.undo()
    assert again.splits.all() == ()
    assert again.journal.undo().summary.startswith("Imported"), "settings are rows of the journal like others"
    again.journal.redo()
    again.journal.redo()
    assert again.splits.all() == (RULE, ("Covid", "-", "19"))
    again.close()


def test_a_finer_rule_takes_the_place_of_the_one_for_its_word(project):
    project.splits.make([RULE])
    project.splits.make([("i", "Phone", "X")])
    assert project.splits.all() == (("i", "Phone", "X"),)
    project.journal.undo()
    assert project.splits.all() == (RULE,)
