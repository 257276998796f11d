"""Projects that are small enough to train from the window in seconds."""

from pathlib import Path

from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.training.progress import IterationDone

_GADGETS = ("iPhone X", "Pixel 6", "Galaxy S9", "Kindle", "Game Boy")
_SENTENCES = (
    "How to preorder the {}, {}?",
    "Is the {} worth it, {}?",
    "I sold my {} yesterday, {}.",
    "The {} is broken again, {}!",
)
_NAMES = ("Ana", "Björn", "Chidi", "Dua", "Émile", "Farid", "Gül", "Hana", "Ines", "João")


def done_texts(number: int = 40) -> list[AnnotatedText]:
    """At most 200 finished texts, no two of them alike, with a gadget each."""
    return [_done(place) for place in range(number)]


def _done(place: int) -> AnnotatedText:
    gadget = _GADGETS[place % 5]
    text = _SENTENCES[place % 4].format(gadget, _NAMES[place // 20])
    start = text.index(gadget)
    return AnnotatedText(text, (Span(start, start + len(gadget), "GADGET"),), TextState.DONE, complete=True)


def make_project(path: Path, texts: list[AnnotatedText], **settings: object) -> Path:
    """A project file with these texts, and perhaps settings of a run, closed."""
    project = begin_project(path, **settings)
    project.imports.add_texts(texts, "a test")
    project.close()
    return path


def begin_project(path: Path, **settings: object) -> Project:
    """A new project, in the language whose tokenizer is soonest made."""
    project = Project.create(path)
    project.keep_setting("training_settings", {"language": "xx", **settings})
    return project


def iteration(number: int, loss: float = 10.0, f_score: float | None = 0.5, **changes: object) -> IterationDone:
    """What a run reports after an iteration."""
    values = {
        "iteration": number,
        "iterations": 10,
        "loss": loss,
        "losses": {"ner": loss},
        "loss_per_1000_words": loss,
        "precision": f_score,
        "recall": f_score,
        "f_score": f_score,
        "labels": (),
        "words_per_second": 1000.0,
        "seconds": 1.5,
        "seconds_left": 3.0,
        "best": True,
    }
    return IterationDone(**values | changes)
