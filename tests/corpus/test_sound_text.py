"""Half a surrogate pair is refused in a sentence, wherever somebody can write."""

from dataclasses import replace

import pytest

from gadget_trainer.corpus.records import Category
from gadget_trainer.corpus.text_filter import TextFilter
from gadget_trainer.errors import UserError

HALF = "half \ud83d"
EDITS = {
    "a note": lambda project: project.texts.set_note(1, HALF),
    "a text": lambda project: project.texts.reword(1, HALF),
    "a label's name": lambda project: project.labels.add(HALF),
    "a label's description": lambda project: project.labels.add("BRAND", description=HALF),
    "a label's example": lambda project: project.labels.add("BRAND", examples=["well", HALF]),
    "a changed label's example": lambda project: project.labels.change(
        replace(project.read.labels()[0], examples=(HALF,))
    ),
    "a scheme": lambda project: project.labels.take_scheme([replace(project.read.labels()[0], description=HALF)]),
    "a category's name": lambda project: project.categories.add(HALF),
    "a category's description": lambda project: project.categories.add("news", description=HALF),
    "a changed category": lambda project: project.categories.change(Category(1, HALF, "#0072b2")),
    "words to find": lambda project: project.read.text_ids(TextFilter(words=HALF)),
    "a phrase to find": lambda project: project.read.text_ids(TextFilter(words=f'"{HALF}"')),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_half_a_character_is_refused_in_a_sentence(project, edit):
    project.categories.add("sport")
    last = project.journal.history(1)
    with pytest.raises(UserError, match="half a character"):
        edit(project)
    assert project.journal.history(1) == last
