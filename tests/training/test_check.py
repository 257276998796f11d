"""What cannot be trained is said before."""

import os
from collections.abc import Iterable

import pytest
import spacy
from gadget_corpus import annotated

from gadget_trainer.corpus.likeness import fingerprint
from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.training.check import Problem, Severity, check, check_output, quick_check


def kinds(problems: Iterable[Problem]) -> dict[str, Severity]:
    return {problem.kind: problem.severity for problem in problems}


def many(count: int = 400) -> list[AnnotatedText]:
    letters = "abcdefghijklmnopqrst"
    return [
        annotated(f"My Kindle {letters[number % 20]}{letters[number // 20]}", (3, 9, "GADGET"), id=number)
        for number in range(count)
    ]


def test_good_corpus_has_no_problem(settings):
    assert kinds(check(many, settings(), ["GADGET"]).problems) == {"label everywhere": Severity.FACT}
    free = [*many(), annotated("nothing here", id=900), annotated("nothing here either", id=901)]
    free += [annotated(f"{word} is no gadget", id=910 + n) for n, word in enumerate(("Tea", "Rain", "Time", "Love"))]
    assert check(lambda: free, settings(), ["GADGET"]).problems == ()


def test_no_annotated_text_blocks(settings):
    texts = [AnnotatedText("to do"), AnnotatedText("skipped", state=TextState.SKIPPED)]
    assert kinds(quick_check(lambda: texts, settings())) == {"no texts": Severity.BLOCK}
    assert kinds(quick_check(lambda: [annotated("a")], settings()))["no spans"] is Severity.BLOCK


@pytest.mark.parametrize(
    ("spans", "kind", "severity"),
    [
        ([(3, 8, "GADGET")], "cut tokens", Severity.WARN),
        ([(3, 10, "GADGET")], "edge spaces", Severity.WARN),
        ([(0, 9, "GADGET"), (3, 9, "GADGET")], "overlaps", Severity.WARN),
        ([(3, 99, "GADGET")], "outside", Severity.WARN),
        ([(3, 9, "!GADGET")], "label refused", Severity.BLOCK),
    ],
)
def test_bad_span_is_told_with_its_text(settings, spans, kind, severity):
    texts = [*many(), annotated("My Kindle ", *spans, id=999)]
    found = {problem.kind: problem for problem in check(lambda: texts, settings(), ["GADGET"]).problems}
    assert found[kind].severity is severity
    assert found[kind].text_ids == (999,)
    assert found[kind].message.endswith(".")
    assert " span" in found[kind].message


def test_label_without_spans_and_few_spans_are_told(settings):
    problems = quick_check(lambda: many(20), settings(), ["GADGET", "BRAND"])
    assert kinds(problems).items() >= {"few spans": Severity.WARN, "label without spans": Severity.WARN}.items()
    assert any("BRAND" in problem.message for problem in problems)


def test_missing_scores_are_told(settings):
    begun = [annotated("My Kindle", (3, 9, "GADGET"), complete=False)] * 60
    found = kinds(quick_check(lambda: begun, settings()))
    assert found.items() >= {"none done": Severity.WARN, "nothing held out": Severity.WARN}.items()
    assert "nothing held out" not in kinds(quick_check(lambda: begun, settings(held_out=0.0)))


def test_texts_done_before_a_label_are_no_texts_that_nobody_did(settings):
    done = [text._replace(complete=False) for text in many(100)]
    later = annotated("Apple is here", (0, 5, "BRAND"), id=999, complete=False)
    found = {problem.kind: problem for problem in quick_check(lambda: [*done, later], settings())}
    assert "none done" not in found, "a hundred are"
    said = found["done before a label"]
    assert said.severity is Severity.WARN
    assert said.message.startswith("100 texts were marked done before")
    assert "for BRAND, which occurs in none of them" in said.message
    assert said.text_ids == tuple(range(100))
    assert "done for all labels" in found["nothing held out"].message
    again = quick_check(lambda: [*many(100), later._replace(complete=True)], settings())
    assert "done before a label" not in kinds(again)


def test_no_label_is_named_where_it_cannot_be_known(settings):
    done = [text._replace(complete=False) for text in many(1)]
    (problem,) = (one for one in quick_check(lambda: done, settings()) if one.kind == "done before a label")
    assert problem.message.startswith("1 text was marked done")
    assert "Look through these texts again and" in problem.message


def test_label_in_texts_that_wait_to_be_held_out_is_told(settings):
    text = next(text for text in many() if fingerprint(text.text) < 0.2 * 2**64)
    begun = text._replace(spans=(Span(3, 9, "BRAND"),), state=TextState.TODO, complete=False)
    texts = [*(one for one in many() if one.id != text.id), begun]
    (problem,) = (one for one in quick_check(lambda: texts, settings()) if one.kind == "label only held out")
    assert problem.message.startswith("What is highlighted as BRAND 1 can't be learned from")
    assert problem.text_ids == (text.id,)


def test_settings_out_of_range_block(settings):
    assert kinds(quick_check(many, settings(iterations=0)))["settings"] is Severity.BLOCK


def test_base_and_language_that_do_not_load_block(settings):
    for wrong, kind in (({"base": "no such pipeline"}, "base"), ({"language": "qq"}, "language")):
        found = check(many, settings(**wrong))
        assert found.blocked
        assert kinds(found.problems)[kind] is Severity.BLOCK
        assert found.headline(2) == "1 thing to mend before it can start"


def test_output_folder(tmp_path):
    file, foreign, empty, pipeline = (tmp_path / name for name in ("file", "foreign", "empty", "pipeline"))
    file.write_text("")
    empty.mkdir()
    foreign.mkdir()
    (foreign / "thesis.doc").write_text("")
    spacy.blank("en").to_disk(pipeline)
    assert check_output(tmp_path / "new" / "folder") == []
    assert check_output(empty) == []
    assert kinds(check_output(file)) == {"output": Severity.BLOCK}
    assert kinds(check_output(file / "below")) == {"output": Severity.BLOCK}
    assert kinds(check_output(foreign)) == {"output": Severity.BLOCK}
    assert kinds(check_output(pipeline)) == {"output replaced": Severity.WARN}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_folder_that_cannot_be_written_blocks(tmp_path):
    tmp_path.chmod(0o500)
    assert kinds(check_output(tmp_path / "model")) == {"output": Severity.BLOCK}
    tmp_path.chmod(0o700)
