"""Each finding by a small corpus that has it and one that has not."""

import random
from itertools import islice

import pytest
import spacy
from gadget_corpus import annotated, sentences_with_gadgets

from gadget_trainer.corpus.likeness import fingerprint
from gadget_trainer.corpus.records import AnnotatedText, CategoryScheme, Span, TextState
from gadget_trainer.training.check import Depth, Findings, Problem, Severity, check, check_steps
from gadget_trainer.training.check.alike import SIMILAR, words_of
from gadget_trainer.training.check.beside import Beside
from gadget_trainer.training.check.known import forgetting
from gadget_trainer.training.check.pace import Measured
from gadget_trainer.training.check.size import Size
from gadget_trainer.training.pieces import pieces
from gadget_trainer.training.progress import Preparing
from gadget_trainer.training.split import choose_split
from gadget_trainer.training.tokens import TokenSource

LETTER = "Dear all, please send the new Kindle to the office in Lyon before the end of this week"


def found(texts, settings, kind, **changes) -> Problem | None:
    problems = check(lambda: texts, settings(**changes)).problems
    return next((one for one in problems if one.kind == kind), None)


def gadgets() -> list[AnnotatedText]:
    return sentences_with_gadgets()


def letters(number=40) -> list[AnnotatedText]:
    """Texts that differ in one word only, on both sides of the split."""
    words = ("red", "blue", "big", "old", "warm", "cold", "fine", "dry", "wet", "odd")
    return [
        annotated(f"{LETTER}, {words[n % 10]} {words[n // 10]}", (30, 36, "GADGET"), id=1000 + n) for n in range(number)
    ]


def test_texts_that_differ_in_a_word_across_the_split_are_alike(settings):
    texts = [*gadgets(), *letters()]
    problem = found(texts, settings, "alike")
    assert problem is not None
    assert problem.severity is Severity.WARN
    split = choose_split(texts, 0.2)
    told = [text for text in texts if text.id in problem.text_ids]
    assert all(text.id >= 1000 for text in told)
    held_out = [text for text in letters() if split.scores_on(text)]
    assert {text.id for text in told if split.scores_on(text)} == {text.id for text in held_out}
    assert f"{len(held_out):,} texts held out share" in problem.message
    assert found(gadgets(), settings, "alike") is None, "a gadget and a name are two words of seven or eight"


def test_no_text_is_called_alike_that_is_not(settings):
    """Against the definition itself, on texts by chance."""
    chance = random.Random(4)
    texts = []
    for number in range(300):
        words = chance.choices(["ape", "bee", "cat", "dog", "eel", "fox", "gnu", "hen"], k=chance.randint(3, 12))
        texts.append(annotated(" ".join(words), (0, 3, "ANIMAL"), id=number + 1))
    split = choose_split(texts, 0.2)
    problem = found(texts, settings, "alike")
    assert problem is not None

    def similar(one, other):
        mine, theirs = words_of(one.text), words_of(other.text)
        return len(mine) >= 5 and len(theirs) >= 5 and len(mine & theirs) >= SIMILAR * len(mine | theirs)

    held_out = [text for text in texts if split.scores_on(text)]
    learned = [text for text in texts if split.learns_from(text.text)]
    twins = {text.id for text in held_out if any(similar(text, other) for other in learned)}
    assert twins == {one.id for one in held_out if one.id in problem.text_ids}
    for text in learned:
        if text.id in problem.text_ids:
            assert any(similar(text, other) for other in held_out)


def test_a_string_that_is_highlighted_elsewhere_is_probably_forgotten(settings):
    forgotten = annotated("Nobody wants the Game Boy, or two Game Boy", (34, 42, "GADGET"), id=400)
    problem = found([*gadgets(), forgotten], settings, "omissions")
    assert problem is not None
    assert problem.text_ids == (400,)
    assert problem.message.startswith("1 place is not highlighted that is highlighted elsewhere: “Game Boy”.")
    assert found(gadgets(), settings, "omissions") is None
    unfinished = forgotten._replace(state=TextState.TODO, complete=False)
    assert found([*gadgets(), unfinished], settings, "omissions") is None, "what is open there teaches nothing"


def test_a_string_that_is_mostly_no_entity_is_not_called_forgotten(settings):
    texts = [annotated(f"In May it rained in {name}", id=600 + n) for n, name in enumerate("ABCDEFG")]
    texts += [annotated("I met May", (6, 9, "PERSON"), id=700), annotated("May sang", (0, 3, "PERSON"), id=701)]
    assert found([*gadgets(), *texts], settings, "omissions") is None
    inside = annotated("The Game Boys are a band", (4, 13, "BAND"), id=702)
    assert found([*gadgets(), inside], settings, "omissions") is None, "a word is no other word's part"


def test_one_label_that_has_nearly_all_spans(settings):
    texts = [annotated(f"My Kindle {n:b}", (3, 9, "GADGET"), id=n) for n in range(1, 200)]
    rare = [annotated(f"{word} sells", (0, len(word), "SHOP"), id=300 + n) for n, word in enumerate(("Aldi", "Coop"))]
    problem = found([*texts, *rare, *gadgets()], settings, "one label", held_out=0.0)
    assert problem is not None
    assert problem.text_ids == (300, 301)
    assert found(gadgets(), settings, "one label") is None, "there is only one"


def test_labels_with_few_spans_are_one_row(settings):
    rare = [annotated(f"{word} sells", (0, 4, word), id=300 + n) for n, word in enumerate(("ALDI", "COOP"))]
    problem = found([*gadgets(), *rare], settings, "few spans", held_out=0.0)
    assert problem is not None
    assert problem.message.startswith("2 labels have fewer than 50 spans to learn from: ALDI 1, COOP 1.")
    assert problem.text_ids == (300, 301)
    assert found(gadgets(), settings, "few spans") is None


def test_a_label_that_is_never_held_out_gets_no_score(settings):
    brand = annotated("Aldi sells a Kindle", (0, 4, "SHOP"), (13, 19, "GADGET"), id=300)
    problem = found([*gadgets(), brand], settings, "label never held out")
    side = choose_split([*gadgets(), brand], 0.2)
    assert not side.scores_on(brand)
    assert problem is not None
    assert "SHOP" in problem.message
    assert problem.text_ids == (300,)
    assert found(gadgets(), settings, "label never held out") is None


def test_how_much_is_unknown_is_told(settings):
    begun = [text._replace(state=TextState.TODO, complete=False) for text in gadgets()]
    problem = found(begun, settings, "unknown")
    assert problem is not None
    assert problem.severity is Severity.WARN
    assert found(gadgets(), settings, "unknown") is None
    one = next(text for text in begun if fingerprint(text.text) >= 0.2 * 2**64)
    few = [text for text in gadgets() if text.id != one.id]
    problem = found([*few, one], settings, "unknown")
    assert problem is not None
    assert problem.severity is Severity.FACT
    assert problem.text_ids == (one.id,)


def test_long_texts_are_told(settings):
    long = annotated("A Kindle " * 251, (2, 8, "GADGET"), id=300, complete=False)
    problem = found([*gadgets(), long], settings, "long", held_out=0.0)
    assert problem is not None
    assert problem.text_ids == (300,)
    assert problem.message.startswith("1 text has more than 500 words. Such texts are learned from in pieces")
    assert len(list(pieces(long, TokenSource(settings())))) == 2
    short = long._replace(text="A Kindle " * 250)
    assert found([*gadgets(), short], settings, "long", held_out=0.0) is None
    assert len(list(pieces(short, TokenSource(settings())))) == 1
    endless = long._replace(text="word " * 200_001, spans=(Span(0, 4, "GADGET"),))
    problem = found([*gadgets(), endless], settings, "too long", held_out=0.0)
    assert problem is not None
    assert problem.text_ids == (300,)


def test_what_a_base_forgets_is_told(settings):
    assert forgetting(settings(base="a"), ["GADGET"], {"GADGET"}) == []
    (kept,) = forgetting(settings(base="a"), ["GADGET", "PERSON"], {"GADGET"})
    assert kept.severity is Severity.FACT
    assert "PERSON" in kept.message
    assert "GADGET" not in kept.message
    (lost,) = forgetting(settings(base="a", mix_in=False), ["PERSON"], {"GADGET"})
    assert lost.severity is Severity.WARN
    (beside,) = forgetting(settings(base="a", second_recogniser=True), ["PERSON"], {"GADGET"})
    assert beside.severity is Severity.FACT
    assert "stays as it is" in beside.message
    (known,) = forgetting(settings(base="a", second_recogniser=True), ["GADGET", "PERSON"], {"GADGET"})
    assert known.severity is Severity.BLOCK
    assert known.message.startswith("The base knows GADGET already")


def test_a_cut_span_is_snapped_unless_it_would_meet_another(settings):
    cut = annotated("Preordering again", (0, 4, "GADGET"), id=300)
    problem = found([*gadgets(), cut], settings, "cut tokens")
    assert problem is not None
    assert problem.mend is not None
    ((move),) = problem.mend.moves
    assert (move.text_id, move.start, move.end) == (300, 0, 11)
    clash = annotated("Preordering again", (0, 4, "GADGET"), (5, 8, "BRAND"), id=300)
    problem = found([*gadgets(), clash], settings, "cut tokens")
    assert problem is not None
    assert problem.mend is None


def test_spaces_at_the_edges_are_trimmed(settings):
    spaced = annotated("My Kindle is\n fine", (2, 10, "GADGET"), (12, 14, "GADGET"), id=300)
    problem = found([*gadgets(), spaced], settings, "edge spaces")
    assert problem is not None
    assert problem.mend is not None
    assert [(move.start, move.end) for move in problem.mend.moves] == [(3, 9), (14, 14)]


@pytest.mark.parametrize(("before", "kind", "verb"), [("\n", "edge spaces", "Trim"), ("My", "cut tokens", "Snap")])
def test_spans_that_no_token_holds_are_nothing_to_learn_from(settings, before, kind, verb):
    texts = [annotated(f"{before}Kindle {n:b} is here", (len(before) // 2, 6, "GADGET"), id=n) for n in range(1, 60)]
    left = check(lambda: texts, settings())
    (problem,) = (one for one in left.problems if one.kind == kind)
    assert left.blocked
    assert problem.severity is Severity.BLOCK
    assert problem.message.endswith(f"and there are no others. {verb} them, then train.")
    assert problem.mend is not None
    assert len(problem.mend.moves) == 59
    assert not any(one.kind in ("few spans", "label without spans") for one in left.problems)
    more = check(lambda: [*texts, *gadgets()], settings())
    assert not more.blocked
    assert any(one.kind == kind and one.severity is Severity.WARN for one in more.problems)
    scheme = CategoryScheme(("a", "b"))
    chosen = [text._replace(categories=("ab"[text.id % 2],)) for text in texts]
    assert not check(lambda: chosen, settings(), ["GADGET"], scheme).blocked, "categories are learned"


def test_a_label_whose_spans_all_cut_words_cannot_be_learned(settings):
    cut = [annotated(f"a product{n:b} of mine", (5, 8, "ARTICLE"), id=300 + n) for n in range(60)]
    problem = found([*gadgets(), *cut], settings, "label without usable spans")
    assert problem is not None
    learned = [text.id for text in cut if choose_split([*gadgets(), *cut], 0.2).learns_from(text.text)]
    assert problem.message.startswith(f"What is highlighted as ARTICLE {len(learned)} can't be learned from")
    assert set(problem.text_ids) >= set(learned)
    one_sound = annotated("An article is here", (3, 10, "ARTICLE"), id=500)
    few = found([*gadgets(), *cut, one_sound], settings, "few spans", held_out=0.0)
    assert few is not None
    assert "ARTICLE 1." in few.message


def test_the_size_and_the_time_are_told(settings, tmp_path):
    records = list(check_steps(gadgets, settings(iterations=4)))
    stages = [record for record in records if isinstance(record, Findings)]
    assert [stage.complete for stage in stages] == [False, False, False, True]
    assert all(isinstance(record, Findings | Preparing) for record in records)
    last = stages[-1]
    split = choose_split(gadgets(), 0.2)
    assert last.size.held_out == sum(split.scores_on(text) for text in gadgets())
    assert last.size.learned + last.size.held_out == 80
    assert last.measured is not None
    assert (last.seconds(4) or 0) > (last.seconds(2) or 0) > 0
    assert last.headline(4).startswith(f"Ready: {last.size.learned} texts to learn from, {last.size.held_out} held out")
    assert last.headline(4).endswith("s for 4 iterations")
    assert list(tmp_path.iterdir()) == [], "nothing is left behind"


def test_what_is_read_beside_the_texts_is_counted(settings, tmp_path):
    base = spacy.blank("xx")
    base.add_pipe("ner").add_label("CITY")
    base.initialize()
    base.to_disk(tmp_path / "base")
    more = tmp_path / "more.txt"
    more.write_text("We went to Lima.\n" * 90_000, encoding="utf-8")
    untouched = [AnnotatedText(f"We went {'on ' * number}", id=900 + number) for number in range(100)]

    def size(texts, **changes):
        found = check(lambda: texts, settings(base=str(tmp_path / "base"), **changes), ["GADGET"])
        assert not found.blocked
        return found.size

    alone = size(gadgets())
    assert alone.beside == Beside(0, alone.held_out_words), "scored once more, on what the base knew"
    own = size([*gadgets(), *untouched]).beside
    assert own == Beside(2_086, alone.held_out_words + 522, 2_086)
    assert size(gadgets(), mix_in_file=str(more)).beside == Beside(10_000, 20_000, 80_000)
    assert size(gadgets(), mix_in_file=str(more), mix_in=False).beside == alone.beside
    assert Measured(0.5, 0.25).iteration(Size(4, 2, 100, 40, Beside(300, 60))) == 0.5 * 400 + 0.25 * 100
    missing = check(gadgets, settings(base=str(tmp_path / "base"), mix_in_file=str(tmp_path / "none.txt")))
    assert [one.kind for one in missing.problems if one.severity is Severity.BLOCK] == ["mix-in file"]


def test_measuring_leaves_random_numbers_alone_and_can_be_left_at_any_record(settings):
    random.seed(1)
    expected = [random.random() for _ in range(3)]
    for records_seen in (1, 3):
        random.seed(1)
        steps = check_steps(gadgets, settings())
        measuring = (one for one in steps if isinstance(one, Preparing) and one.message.startswith("Measuring"))
        assert len(list(islice(measuring, records_seen))) == records_seen
        steps.close()  # type: ignore[attr-defined]
        assert [random.random() for _ in range(3)] == expected


def test_the_start_asks_for_no_more_than_is_needed(settings):
    records = list(check_steps(gadgets, settings(), (), Depth.SPANS))
    assert isinstance(records[-1], Findings)
    assert records[-1].measured is None
    assert records[-1].size.words > 0


def test_no_finding_names_a_text_that_takes_no_part(settings):
    """A skipped copy of every text in which something is wrong is wrong in no way that matters."""
    bad = [
        annotated("My Kindle", (3, 9, "GADGET"), id=300),
        annotated("My Kindle", id=301),
        annotated("Preordering again", (0, 4, "!X"), id=302),
        annotated("My Kindle ", (3, 10, "GADGET"), (3, 9, "GADGET"), (3, 90, "GADGET"), id=303),
        *letters(),
    ]
    skipped = [text._replace(id=text.id + 5000, state=TextState.SKIPPED, complete=False) for text in bad]
    problems = check(lambda: [*gadgets(), *bad, *skipped], settings()).problems
    assert {text_id for one in problems for text_id in one.text_ids} & {text.id for text in skipped} == set()
    assert any(one.text_ids for one in problems)
