from gadget_trainer.corpus.records import AnnotatedText, TextState
from gadget_trainer.corpus.text_filter import TextFilter


def test_texts_are_found_by_state_and_content_whatever_the_case(project):
    assert list(project.read.text_ids(TextFilter(state=TextState.DONE))) == [1]
    assert list(project.read.text_ids(TextFilter("PIXEL"))) == [2]
    assert list(project.read.text_ids(TextFilter("pixel", TextState.DONE))) == []
    project.imports.add_texts([AnnotatedText("ŁUKASZ from 50% O'Neill_x")], "b")
    assert list(project.read.text_ids(TextFilter("łukasz"))) == [4]
    for found in ("50%", "o'neill_"):
        assert list(project.read.text_ids(TextFilter(found))) == [4]
    assert list(project.read.text_ids(TextFilter("5_%"))) == []


def test_rows_come_in_the_order_asked_for(project):
    rows = project.read.rows([3, 1])
    assert [(row.id, row.excerpt, row.flagged, row.spans) for row in rows] == [
        (3, "???", True, 0),
        (1, "How to preorder the iPhone X", False, 1),
    ]


def test_counts_follow_edits_without_counting_again(project):
    counts = project.read.counts()
    assert (counts.texts, counts.done, counts.skipped, counts.todo, counts.flagged) == (3, 1, 1, 1, 1)
    for edit in (
        lambda: project.edit.add_span(2, 4, 11, "GADGET"),
        lambda: project.edit.set_state([1, 2], TextState.SKIPPED),
        lambda: project.edit.set_flag([1, 3], flagged=False),
        project.journal.undo,
        project.journal.undo,
    ):
        counts = counts.after(edit().changes)
        fresh = project.read.counts()
        assert {label: number for label, number in counts.spans.items() if number} == fresh.spans
        assert (counts.done, counts.skipped, counts.flagged) == (fresh.done, fresh.skipped, fresh.flagged)


def test_all_texts_come_in_slices(project):
    project.imports.add_texts([AnnotatedText(f"text {number}") for number in range(1200)], "many")
    texts = list(project.read.texts())
    assert [text.id for text in texts] == list(range(1, 1204))
    assert texts[-1].text == "text 1199"
    assert texts[2].meta == {"who": "Łukasz"}


def test_a_text_that_is_gone(project):
    assert project.read.text(99) is None
