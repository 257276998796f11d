"""What a run began with, kept in its folder, so that it can be resumed without asking anybody anything."""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from gadget_trainer.corpus.records import AnnotatedText, CategoryScheme, TextState
from gadget_trainer.errors import UserError
from gadget_trainer.replacing import sync_folder
from gadget_trainer.training.learnable import takes_part
from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.training.split import Split

_FILE = "run.json"


@dataclass(frozen=True, slots=True)
class Beginning:
    """Known once the texts have been read."""

    settings: TrainingSettings
    split: Split
    data: int
    """See :class:`DataFingerprint`."""
    documents: int
    """How many were read, on both sides."""
    scored_labels: frozenset[str] | None
    """The labels that are scored, if not all."""
    done: frozenset[int]
    """The ids of the texts that were done when the run began."""

    def write(self, folder: Path) -> None:
        """Keep it in ``folder``. Raises OSError."""
        kept = {
            "settings": self.settings.to_json(),
            "border": self.split.border,
            "held_out": sorted(self.split.held_out),
            "learned": sorted(self.split.learned),
            "categories": list(self.split.categories.names),
            "exclusive_categories": self.split.categories.exclusive,
            "data": self.data,
            "documents": self.documents,
            "scored_labels": None if self.scored_labels is None else sorted(self.scored_labels),
            "done": sorted(self.done),
        }
        with (folder / _FILE).open("w", encoding="utf-8") as file:
            file.write(json.dumps(kept))
            file.flush()
            os.fsync(file.fileno())
        sync_folder(folder)

    @classmethod
    def read(cls, folder: Path) -> "Beginning":
        """What is kept in ``folder``. Raises UserError where there is nothing that can be read."""
        try:
            kept = json.loads((folder / _FILE).read_text(encoding="utf-8"))
            scored = kept["scored_labels"]
            # A run that an older program began had none.
            categories = CategoryScheme(tuple(kept.get("categories", ())), kept.get("exclusive_categories", True))
            return cls(
                settings=TrainingSettings.from_json(kept["settings"], TrainingSettings(output=folder)),
                split=Split(kept["border"], frozenset(kept["held_out"]), frozenset(kept["learned"]), categories),
                data=kept["data"],
                documents=kept["documents"],
                scored_labels=None if scored is None else frozenset(scored),
                done=frozenset(kept["done"]),
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise UserError(f"There is no run in “{folder}” that can go on. It may have been removed.") from error


class DataFingerprint:
    """A number for the texts and spans that a run learns from and is scored on, and for which is which.

    The order of the texts has no say: it is the sum of a hash for each of them.
    """

    def __init__(self, split: Split, number: int = 0) -> None:
        self._split = split
        self.number = number

    def of_all(self, texts: Iterable[AnnotatedText]) -> Iterator[AnnotatedText]:
        """Pass ``texts`` on, and let the number be that of all of them."""
        self.number = 0
        for text in texts:
            self.add(text)
            yield text

    def add(self, text: AnnotatedText) -> None:
        """Take one text in, if it has a part in the run."""
        if takes_part(text):
            learns, scores = self._split.learns_from(text.text), self._split.scores_on(text)
            if learns or scores:
                spans = sorted((span.start, span.end, span.label) for span in text.spans)
                told = [learns, text.text, text.complete, spans]
                if self._split.categories.names and text.state is TextState.DONE:
                    told.append(sorted(text.categories))
                    told += [sorted(text.undecided)] if text.undecided else []
                digest = blake2b(json.dumps(told).encode(), digest_size=16).digest()
                self.number = (self.number + int.from_bytes(digest)) % 2**128

    def __str__(self) -> str:
        return f"{self.number:032x}"
