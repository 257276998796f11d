"""Categories in Prodigy's rows: a choice among ``options``, or one ``label`` that is accepted or rejected.

A choice says everything of its text. An answer about one category says nothing of the others: a text is done when the
file has an answer for each category that it asks about at all, and only begun before; but where a file accepts several
categories, and never two of one text, they are taken to exclude each other, so that an accepted one says all. Nothing
is known of a text's entities.
"""

from collections.abc import Iterator
from typing import Any

from gadget_trainer.corpus.records import TextState
from gadget_trainer.formats.prodigy_keys import option_ids, plain_options
from gadget_trainer.formats.receipt import Receipt
from gadget_trainer.formats.span_reader import RawText


def take_choice(row: dict[str, Any]) -> list[object] | None:
    """The categories that a row chooses, which are taken out of it; None where it asks for no choice.

    Its options stay where they say more than what was chosen.
    """
    chosen, options = row.get("accept"), row.get("options")
    if not isinstance(chosen, list) or not isinstance(options, list):
        return None
    del row["accept"]
    names = [str(one) if type(one) is int and str(one) in option_ids(options) else one for one in chosen]
    if options == plain_options(chosen):
        del row["options"]
    return names


_TAKEN_TO_EXCLUDE = (
    "its text is done with one category, as no text of the file has two: where several may fit, set it to do again"
)


class CategoryAnswers:
    """The texts of which single categories were accepted or rejected, until all rows are read."""

    def __init__(self) -> None:
        self._texts: dict[str, RawText] = {}
        self._answers: dict[str, dict[str, bool]] = {}
        """Whether each category fits, by text; the last answer counts."""
        self._asked: set[str] = set()

    def take(self, record: RawText, category: str, receipt: Receipt, *, fits: bool) -> None:
        """Add the answer of a row."""
        category = category.strip()
        self._asked.add(category)
        if record.text in self._texts:
            receipt.remarks.add(record.where, "a further answer to a text was added to it")
        self._texts.setdefault(record.text, record)
        self._answers.setdefault(record.text, {})[category] = fits

    def texts(self, receipt: Receipt) -> Iterator[RawText]:
        """Yield each text once, in the order of its first row."""
        exclusive = self._exclude_each_other()
        for text, record in self._texts.items():
            answers = self._answers[text]
            chosen = [category for category, fits in answers.items() if fits]
            done = answers.keys() == self._asked
            if not done and chosen and exclusive:
                done = True
                receipt.remarks.add(record.where, _TAKEN_TO_EXCLUDE)
            if not done and len(chosen) < len(answers):
                reason = "a category was rejected, which is not kept while the file does not answer for all of them"
                receipt.remarks.add(record.where, reason)
            yield record._replace(categories=chosen, state=TextState.DONE if done else TextState.TODO, complete=False)

    def _exclude_each_other(self) -> bool:
        accepted = [[category for category, fits in one.items() if fits] for one in self._answers.values()]
        return all(len(one) < 2 for one in accepted) and len({category for one in accepted for category in one}) > 1
