"""Labels of whole texts: chosen, changed, taken away, undone, imported, counted, looked for."""

from dataclasses import replace

import pytest

from gadget_trainer.corpus.label_names import problem_with_category, problem_with_category_key
from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.records import AnnotatedText, Category, CategoryScheme, Label, TextState
from gadget_trainer.corpus.text_filter import TextFilter
from gadget_trainer.errors import UserError

IMPORTED = (AnnotatedText("Goal!", categories=("SPORT",)), AnnotatedText("A goal tax", categories=("SPORT", "LAW")))


@pytest.fixture
def sorted_(project: Project) -> Project:
    """The project of three texts with two categories."""
    for name in ("SPORT", "LAW"):
        project.categories.add(name)
    return project


def categories(project: Project, text_id: int) -> tuple[str, ...]:
    text = project.read.text(text_id)
    assert text is not None
    assert text.categories == project.categories.of_text(text_id)
    assert text.categories == project.read.rows([text_id])[0].categories
    return text.categories


def category(project: Project, name: str) -> Category:
    return next(one for one in project.categories.all() if one.name == name)


def test_a_project_begins_without_categories_and_with_one_a_text(project):
    assert project.categories.scheme() == CategoryScheme((), exclusive=True)
    assert categories(project, 1) == ()
    assert project.categories.of_text(99) == ()


def test_a_choice_is_a_step_that_survives_a_restart(sorted_, path):
    outcome = sorted_.categories.choose(2, ["LAW"])
    assert outcome.summary == "Chose LAW for “The Pixel 6 camera is 😀 great”"
    assert (outcome.text_id, outcome.text_ids, outcome.categories_changed) == (2, {2}, False)
    sorted_.close()
    again = Project.open(path)
    assert categories(again, 2) == ("LAW",)
    assert categories(again, 1) == ()
    assert again.journal.undo().text_ids == {2}
    assert categories(again, 2) == ()
    again.journal.redo()
    assert categories(again, 2) == ("LAW",)
    again.close()


def test_another_choice_takes_the_place_of_the_first_in_one_step(sorted_):
    sorted_.categories.choose(2, ["LAW"])
    sorted_.categories.choose(2, ["SPORT"])
    assert categories(sorted_, 2) == ("SPORT",)
    assert sorted_.categories.choose(2, ["SPORT"]) is None
    sorted_.journal.undo()
    assert categories(sorted_, 2) == ("LAW",)
    assert sorted_.categories.choose(2, []).summary.startswith("Took the category off “The Pixel")
    assert categories(sorted_, 2) == ()
    assert sorted_.categories.choose(2, []) is None


def test_several_are_in_the_order_of_the_project(sorted_):
    with pytest.raises(UserError, match="one category only"):
        sorted_.categories.choose(2, ["LAW", "SPORT"])
    assert categories(sorted_, 2) == ()
    assert sorted_.categories.set_exclusive(False).summary == "Let a text have several categories"
    assert sorted_.categories.choose(2, ["LAW", "SPORT"]).summary.startswith("Chose SPORT and LAW for")
    assert categories(sorted_, 2) == ("SPORT", "LAW")
    sorted_.categories.reorder([category(sorted_, "LAW").id])
    assert categories(sorted_, 2) == ("LAW", "SPORT")
    assert sorted_.categories.scheme() == CategoryScheme(("LAW", "SPORT"), exclusive=False)


def test_what_cannot_be_chosen(sorted_):
    with pytest.raises(UserError, match="no category WEATHER any more"):
        sorted_.categories.choose(2, ["WEATHER"])
    with pytest.raises(UserError, match="no longer in the project"):
        sorted_.categories.choose(99, ["LAW"])


def test_texts_with_several_stand_in_the_way_of_one_a_text(sorted_):
    room = sorted_.categories
    assert room.set_exclusive(True) is None
    room.set_exclusive(False)
    for text_id in (1, 3):
        room.choose(text_id, ["SPORT", "LAW"])
    room.choose(2, ["LAW"])
    assert list(room.texts_with_several()) == [1, 3]
    with pytest.raises(UserError, match=r"^2 texts have several categories\. Leave one"):
        room.set_exclusive(True)
    room.choose(1, ["LAW"])
    with pytest.raises(UserError, match=r"^1 text has several"):
        room.set_exclusive(True)
    room.choose(3, [])
    assert room.set_exclusive(True).categories_changed
    assert room.scheme().exclusive


def test_undoing_leads_back_through_the_switch(sorted_, path):
    room = sorted_.categories
    room.set_exclusive(False)
    room.choose(1, ["SPORT", "LAW"])
    room.choose(1, ["LAW"])
    room.set_exclusive(True)
    sorted_.close()
    again = Project.open(path)
    assert again.journal.undo().categories_changed
    assert not again.categories.scheme().exclusive
    again.journal.undo()
    assert categories(again, 1) == ("SPORT", "LAW")
    for _ in range(2):
        again.journal.undo()
    assert again.categories.scheme().exclusive
    again.close()


def test_a_category_is_changed_in_one_step_and_texts_keep_it(sorted_):
    sorted_.categories.choose(1, ["LAW"])
    law = category(sorted_, "LAW")
    changed = replace(law, name=" RULES ", colour="#123456", description=" Courts. ", key="r")
    assert sorted_.categories.change(changed).summary == "Renamed LAW to RULES"
    assert category(sorted_, "RULES") == replace(law, name="RULES", colour="#123456", description="Courts.", key="R")
    assert categories(sorted_, 1) == ("RULES",)
    assert sorted_.categories.change(category(sorted_, "RULES")) is None
    sorted_.journal.undo()
    assert categories(sorted_, 1) == ("LAW",)


def test_a_category_takes_its_choices_with_it_and_brings_them_back(sorted_):
    for text_id, name in ((1, "LAW"), (2, "LAW"), (3, "SPORT")):
        sorted_.categories.choose(text_id, [name])
    law = category(sorted_, "LAW").id
    outcome = sorted_.categories.delete(law)
    assert outcome.summary == "Deleted the category LAW of 2 texts"
    assert (outcome.text_ids, outcome.categories_changed, outcome.labels_changed) == ({1, 2}, True, False)
    assert [categories(sorted_, one) for one in (1, 2, 3)] == [(), (), ("SPORT",)]
    assert sorted_.categories.delete(law) is None
    with pytest.raises(UserError, match="is gone"):
        sorted_.categories.change(Category(law, "LAW", "#123456"))
    assert sorted_.journal.undo().text_ids == {1, 2}
    assert [categories(sorted_, one) for one in (1, 2, 3)] == [("LAW",), ("LAW",), ("SPORT",)]
    sorted_.journal.redo()
    assert categories(sorted_, 1) == ()


def test_a_text_takes_its_categories_with_it_and_brings_them_back(sorted_):
    sorted_.categories.choose(1, ["LAW"])
    sorted_.texts.delete([1])
    assert sorted_.read.counts().categories == {}
    sorted_.journal.undo()
    assert categories(sorted_, 1) == ("LAW",)


def test_other_words_and_merged_labels_leave_categories_alone(sorted_):
    sorted_.categories.choose(1, ["LAW"])
    sorted_.texts.reword(1, "How to order the iPhone X")
    sorted_.labels.add("BRAND")
    first, second = (label.id for label in sorted_.read.labels())
    sorted_.labels.merge(second, first)
    assert categories(sorted_, 1) == ("LAW",)


@pytest.mark.parametrize("name", ["", "  ", "LAW", " LAW "])
def test_names_that_cannot_be_are_refused_in_words(sorted_, name):
    with pytest.raises(UserError, match=r"category.*\."):
        sorted_.categories.add(name)
    with pytest.raises(UserError, match=r"category.*\."):
        sorted_.categories.change(replace(category(sorted_, "SPORT"), name=name))
    assert problem_with_category(name, {"LAW"})


def test_a_category_may_be_called_what_no_label_may(sorted_):
    sorted_.categories.add("!")
    sorted_.categories.add("GADGET")
    assert sorted_.categories.scheme().names == ("SPORT", "LAW", "!", "GADGET")


@pytest.mark.parametrize("key", ["1", "-", "ab"])
def test_a_key_is_a_letter(sorted_, key):
    with pytest.raises(UserError, match="one letter"):
        sorted_.categories.add("WEATHER", key=key)
    assert "Alt" in problem_with_category_key(key, {})


def test_labels_and_categories_share_the_keys(sorted_):
    sorted_.categories.add("WEATHER", key="w")
    with pytest.raises(UserError, match="The key W chooses WEATHER already"):
        sorted_.labels.add("WATCH", key="w")
    sorted_.labels.add("BRAND", key="b")
    with pytest.raises(UserError, match="The key B chooses BRAND already"):
        sorted_.categories.change(replace(category(sorted_, "LAW"), key="b"))
    sorted_.labels.take_scheme([Label(0, "WATCH", "", key="W")])
    assert sorted_.read.labels()[0].key == ""
    assert sorted_.categories.change(replace(category(sorted_, "WEATHER"), description="Rain.")) is not None


def test_imported_texts_bring_their_categories(project):
    outcome = project.imports.add_texts(IMPORTED[:1], "b.jsonl")
    assert (outcome.summary, outcome.categories_changed) == ("Imported b.jsonl", True)
    assert categories(project, 4) == ("SPORT",)
    assert project.categories.scheme() == CategoryScheme(("SPORT",), exclusive=True)
    project.journal.undo()
    assert project.categories.all() == []
    project.journal.redo()
    assert categories(project, 4) == ("SPORT",)


def test_imported_texts_with_several_let_texts_have_several(sorted_, path):
    old = category(sorted_, "SPORT")
    summary = "Imported b.jsonl; a text can have several categories from now on"
    assert sorted_.imports.add_texts(IMPORTED, "b.jsonl").summary == summary
    assert sorted_.journal.history(1)[0].summary == summary
    assert category(sorted_, "SPORT") == old
    assert [categories(sorted_, one) for one in (4, 5)] == [("SPORT",), ("SPORT", "LAW")]
    assert not sorted_.categories.scheme().exclusive
    assert sorted_.journal.undo().categories_changed
    assert sorted_.categories.scheme().exclusive
    sorted_.close()
    again = Project.open(path)
    again.journal.redo()
    assert not again.categories.scheme().exclusive
    assert categories(again, 5) == ("SPORT", "LAW")
    again.close()


def test_the_first_categories_decide_without_a_word(project):
    twice = IMPORTED[1]._replace(categories=("SPORT", "LAW", "SPORT"))
    assert project.imports.add_texts([twice], "b.jsonl").summary == "Imported b.jsonl"
    assert categories(project, 4) == ("SPORT", "LAW")
    assert len({one.colour for one in project.categories.all()}) == 2
    assert not project.categories.scheme().exclusive


def test_a_category_named_twice_is_one(project):
    project.imports.add_texts([IMPORTED[0]._replace(categories=("SPORT", "SPORT"))], "b.jsonl")
    assert categories(project, 4) == ("SPORT",)
    assert project.categories.scheme().exclusive


def test_texts_are_counted_by_category(sorted_):
    sport, law = (one.id for one in sorted_.categories.all())
    before = sorted_.read.counts()
    outcome = sorted_.categories.choose(1, ["LAW"])
    counts = before.after(outcome.changes)
    assert counts.categories[law] == 1
    assert counts == replace(sorted_.read.counts(), categories=counts.categories)
    counts = counts.after(sorted_.categories.choose(1, ["SPORT"]).changes)
    assert (counts.categories[sport], counts.categories[law]) == (1, 0)
    assert sorted_.read.counts().categories == {sport: 1}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"with_category": "LAW"}, [1]),
        ({"with_category": "WEATHER"}, []),
        ({"categorised": True}, [1, 3]),
        ({"categorised": False}, [2]),
        ({"categorised": True, "words": "iphone"}, [1]),
    ],
)
def test_texts_are_found_by_category(sorted_, asked, found):
    sorted_.categories.choose(1, ["LAW"])
    sorted_.categories.choose(3, ["SPORT"])
    which = TextFilter(**asked)
    assert which.narrows
    assert list(sorted_.read.text_ids(which)) == found


def undecided(project: Project) -> dict[str, list[int]]:
    """The texts that are done, but not for a category, by its name; the filter and the counts must agree."""
    counts = project.read.undecided_texts()
    found = {one.name: list(project.read.text_ids(TextFilter(undecided_category=one.name))) for one in all_(project)}
    assert {one.name: counts[one.id] for one in all_(project)} == {name: len(ids) for name, ids in found.items()}
    for text in project.read.texts():
        assert text.undecided == tuple(name for name, ids in found.items() if text.id in ids)
        standing = project.read.standing(text.id)
        assert standing is not None
        assert standing.undecided == text.undecided
    return found


def all_(project: Project) -> list[Category]:
    return project.categories.all()


def test_a_text_done_before_a_category_was_there_is_not_done_for_it(sorted_):
    sorted_.categories.set_exclusive(False)
    sorted_.categories.choose(1, ["SPORT"])
    sorted_.edit.set_state([1, 2], TextState.DONE)
    assert undecided(sorted_) == {"SPORT": [], "LAW": []}
    sorted_.categories.add("MONEY")
    assert undecided(sorted_) == {"SPORT": [], "LAW": [], "MONEY": [1, 2]}
    sorted_.categories.choose(2, ["MONEY"])
    assert undecided(sorted_)["MONEY"] == [1], "who chooses it has decided"
    sorted_.edit.set_state([1], TextState.DONE)
    assert undecided(sorted_)["MONEY"] == []
    sorted_.journal.undo()
    assert undecided(sorted_)["MONEY"] == [1]
    sorted_.edit.set_state([1], TextState.TODO)
    assert undecided(sorted_)["MONEY"] == [], "of a text that is to do nothing is known anyway"
    sorted_.journal.undo()
    sorted_.journal.undo()  # the choice
    sorted_.journal.undo()  # the category
    assert undecided(sorted_) == {"SPORT": [], "LAW": []}


def test_imported_texts_are_done_for_the_categories_that_the_import_knows(sorted_):
    done = [
        AnnotatedText("Goal!", state=TextState.DONE, categories=("SPORT",)),
        AnnotatedText("A tax", state=TextState.DONE, categories=("LAW",)),
    ]
    sorted_.edit.set_state([1], TextState.TODO)
    sorted_.imports.add_texts(done, "first")
    first = sorted_.read.newest_text_id() - 1
    assert undecided(sorted_) == {"SPORT": [], "LAW": []}
    sorted_.imports.add_texts([done[0]._replace(text="More goals"), *MONEY], "second")
    assert undecided(sorted_) == {
        "SPORT": [],
        "LAW": [first + 2, first + 3],
        "MONEY": [first, first + 1, first + 2],
    }


MONEY = [AnnotatedText("A price", state=TextState.DONE, categories=("MONEY",))]
