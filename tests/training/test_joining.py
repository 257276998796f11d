"""Texts that are finished while a run goes on can join it."""

import json

import pytest
import spacy
from gadget_corpus import annotated, sentences_with_gadgets
from spacy.tokens import DocBin

from gadget_trainer.corpus.records import CategoryScheme, Span, TextState
from gadget_trainer.training.beginning import DataFingerprint
from gadget_trainer.training.progress import BatchDone, IterationDone, Joined, Noted, Saved
from gadget_trainer.training.run import TrainingRun
from gadget_trainer.training.split import choose_split


@pytest.fixture
def project():
    """Texts that change while a run goes on."""
    return sentences_with_gadgets()[:40]


def learned(project, text_id):
    """``text_id`` of a text that is learned from, and its place."""
    split = choose_split(project, 0.2)
    return next(text for text in project if split.learns_from(text.text) and text.id >= text_id)


def step_until_joined(steps):
    return next(record for record in steps if isinstance(record, Joined))


def words_in(steps):
    return next(record.words_total for record in steps if isinstance(record, BatchDone))


def docs_in(folder):
    return [doc.text for doc in DocBin().from_disk(folder / "corpus/train.spacy").get_docs(spacy.blank("xx").vocab)]


def test_finished_texts_join_at_the_next_iteration_and_are_saved_with_it(project, settings, tmp_path):
    begun = learned(project, 5)._replace(state=TextState.TODO, complete=False)
    project[begun.id - 1] = begun
    run = TrainingRun(lambda: project, settings(iterations=3))
    steps = run.steps()
    before = words_in(steps)
    data = run.facts()["data"]
    project[begun.id - 1] = begun._replace(state=TextState.DONE, complete=True)
    project.append(annotated("My Walkman is broken", (3, 10, "GADGET"), id=41))
    project.append(annotated("My Walkman, by Sony", (3, 10, "GADGET"), (15, 19, "BRAND"), id=42))
    held = next(text for text in sentences_with_gadgets() if text.text in held_out_texts(run))
    project.append(held._replace(id=43))
    run.request_join()
    joined = step_until_joined(steps)
    assert joined.texts == 2
    assert joined.sentence == (
        "2 texts joined the training. 1 text stayed out, because the split holds such texts out for scoring. "
        "1 text stayed out, because this run's model does not know “BRAND”: a new run will."
    )
    assert words_in(steps) == before + len(["My", "Walkman", "is", "broken"]), "the begun text is learned from once"
    list(steps)
    saved = list(run.save())[-1]
    assert isinstance(saved, Saved)
    texts = docs_in(saved.folder)
    assert texts.count(begun.text) == 1
    assert "My Walkman is broken" in texts
    assert held.text not in texts
    meta = json.loads((saved.folder / "meta.json").read_text())["gadget_trainer"]
    assert meta["joined"] == 2
    assert meta["data"] != data
    assert "joined while it was trained" in (saved.folder / "README.md").read_text()
    run.close()


def held_out_texts(run):
    split = choose_split(sentences_with_gadgets()[:40], 0.2)
    assert split.held_out == run.held_out
    return {text.text for text in sentences_with_gadgets()[:40] if split.scores_on(text)}


def test_a_run_that_texts_joined_can_be_resumed(project, settings, tmp_path):
    def run_through(run, stop_after=None):
        losses = []
        steps = run.steps()
        for record in steps:
            if isinstance(record, BatchDone) and record.iteration == 1 and len(project) == 40:
                project.append(annotated("My Walkman is broken", (3, 10, "GADGET"), id=41))
                run.request_join()
            if isinstance(record, IterationDone):
                losses.append(record.losses)
                if record.iteration == stop_after:
                    break
        return losses

    whole = TrainingRun(lambda: project, settings(iterations=3))
    expected = run_through(whole)
    whole.close()
    del project[40:]
    first = TrainingRun(lambda: project, settings(iterations=3))
    losses = run_through(first, stop_after=2)
    folder = first.folder
    first.leave()
    again = TrainingRun.broken_off(folder, lambda: project)
    losses += run_through(again)
    assert losses == expected
    assert again.facts()["joined"] == 1
    list(again.save())
    assert docs_in(tmp_path / "model").count("My Walkman is broken") == 1
    again.close()


def test_nothing_new_is_said(project, settings):
    run = TrainingRun(lambda: project, settings())
    run.request_join()
    steps = run.steps()
    assert step_until_joined(steps).sentence == "0 texts joined the training."
    run.close()


def test_who_asks_in_the_last_iteration_is_told_that_it_was_too_late(project, settings):
    run = TrainingRun(lambda: project, settings(iterations=1))
    for record in run.steps():
        if isinstance(record, BatchDone) and len(project) == 40:
            project.append(annotated("My Walkman is broken", (3, 10, "GADGET"), id=41))
            run.request_join()
    said = [one.sentence for one in run.save() if isinstance(one, Noted)]
    assert said == ["1 text could not join: the run was over. A new run learns from them."]
    run.close()


def test_data_fingerprint_follows_what_is_known_of_the_categories(project):
    split = choose_split(project, 0.2, CategoryScheme(("LAW", "SPORT"), exclusive=False))
    numbers = set()
    for change in ({}, {"categories": ("LAW",)}, {"undecided": ("LAW",)}, {"undecided": ("SPORT",)}):
        fingerprint = DataFingerprint(split)
        fingerprint.add(project[0]._replace(**change))
        numbers.add(fingerprint.number)
    assert len(numbers) == 4


def test_data_fingerprint_follows_the_content_and_not_the_order(project):
    split = choose_split(project, 0.2)

    def number(texts):
        fingerprint = DataFingerprint(split)
        assert list(fingerprint.of_all(texts)) == list(texts)
        return fingerprint.number

    assert number(project) == number(project[::-1])
    span = project[0].spans[0]
    moved = project[0]._replace(spans=(Span(span.start, span.end - 1, span.label),))
    renamed = project[0]._replace(spans=(Span(span.start, span.end, "BRAND"),))
    skipped = project[0]._replace(state=TextState.SKIPPED)
    numbers = [number([one, *project[1:]]) for one in (project[0], moved, renamed, skipped)]
    assert len(set(numbers)) == 4
    assert number([*project, project[0]]) != number(project), "a text twice is another corpus"
