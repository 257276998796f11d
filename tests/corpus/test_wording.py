"""Where the words that were typed stand in a text."""

import pytest

from gadget_trainer.corpus import wording
from gadget_trainer.corpus.wording import Wording
from gadget_trainer.errors import UserError


@pytest.mark.parametrize(
    ("typed", "text", "found"),
    [
        ("iph", "An iPhone, a phone", ["iPh"]),
        ("an a", "An apple", ["An", "a"]),
        ('"iphone  x"', "the iPhone\nX and iPhone XS", ["iPhone\nX"]),
        ("strasse b", "ßß 😀 STRAßE am See, Straße b", ["STRAßE", "Straße", "b"]),
        ("京", "北京😀京", ["京", "京"]),
        (r"/X\d*/", "X X12 x3", ["X", "X12"]),
        (r"/x\d+/i", "X X12 x3", ["X12", "x3"]),
        (r"/z*/", "no z", ["z"]),
        ("gone", "nothing", []),
        ("", "nothing", []),
    ],
)
def test_places_are_those_of_the_text_itself(typed, text, found):
    places = Wording(typed).places(text)
    assert [text[start:end] for start, end in places] == found
    assert places == sorted(places)


def test_only_so_many_places_are_given():
    assert Wording("a").places("a " * 100, most=3) == [(0, 1), (2, 3), (4, 5)]
    assert len(Wording("/a/").places("a " * 100, most=3)) == 3


def test_an_expression_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(wording, "SECONDS_A_TEXT", 0.02)
    with pytest.raises(UserError, match="takes too long"):
        Wording(r"/^(a|a|aa)+$/").places("a" * 200 + "b")
