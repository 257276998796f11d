"""Out of a project: the file formats, and what only training knows how to make, a folder that spaCy trains on."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from gadget_trainer.corpus.records import AnnotatedText, CategoryScheme
from gadget_trainer.formats.cleaning import quoted, span_name
from gadget_trainer.formats.export_receipt import ExportReceipt
from gadget_trainer.formats.format import FolderWriter, Format, Target, TokenRules
from gadget_trainer.formats.registry import formats, named, writer_for, writers
from gadget_trainer.formats.writing import write
from gadget_trainer.training.categories import NO_CATEGORIES
from gadget_trainer.training.settings import TrainingSettings

if TYPE_CHECKING:
    from gadget_trainer.training.training_files import Placed

_PROJECT = """\
title: "A recogniser of entities"
description: "Made by Gadget Trainer. Run it with: python -m spacy project run all"
vars:
  gpu: -1
commands:
  - name: debug
    help: "Look for faults in the texts"
    script:
      - "python -m spacy debug data config.cfg"
    deps: [config.cfg, train.spacy, dev.spacy]
  - name: train
    help: "Train, and keep the best pipeline in training/model-best"
    script:
      - "python -m spacy train config.cfg --output training --gpu-id ${vars.gpu}"
    deps: [config.cfg, train.spacy, dev.spacy]
    outputs: [training/model-best]
  - name: evaluate
    help: "Score it on the texts held out"
    script:
      - "python -m spacy evaluate training/model-best dev.spacy --output training/metrics.json --gpu-id ${vars.gpu}"
    deps: [training/model-best, dev.spacy]
    outputs: [training/metrics.json]
workflows:
  all: [train, evaluate]
"""


_BY_BASE = "that only the base annotated a text"
_ADDED = "that a text comes from the file that is mixed in"


class _TrainingFiles(FolderWriter):
    """The texts as a run divides them: some to learn from, and some held out, chosen by what is in a text."""

    suffixes = ()
    by_ending = False
    limits = (
        "Texts that nothing can be learned from are left out. Spans that cut a token or overlap, flags, notes and "
        "metadata have no place in it."
    )
    with_config: ClassVar[bool]

    def __init__(self, settings: TrainingSettings, categories: CategoryScheme = NO_CATEGORIES) -> None:
        """The settings are those that the project is trained with; their output is not looked at. ``categories`` are
        those that the texts can have.
        """
        self._settings = settings
        self._categories = categories

    def write_folder(
        self, folder: Path, texts: Iterable[AnnotatedText], receipt: ExportReceipt, rules: TokenRules
    ) -> None:
        """Write both files; ``rules`` go before those of the settings, the language where these have no base."""
        from gadget_trainer.training.training_files import write_training_files  # noqa: PLC0415 - with spaCy

        settings = replace(self._settings, language=rules.language, splits=rules.splits)
        steps = write_training_files(folder, list(texts), settings, self._categories, with_config=self.with_config)
        for number, placed in enumerate(steps, start=1):
            _account(receipt, placed, receipt.place(placed.text, number))


def _account(receipt: ExportReceipt, placed: "Placed", where: str) -> None:
    if placed.left_out:
        receipt.texts_left_out.add(where, placed.left_out)
        return
    if placed.mixed_in:
        # The files don't say who annotated a text; the receipt does. Texts of another file are none of the project's.
        receipt.not_held[_ADDED if placed.added else _BY_BASE] += 1
        if placed.added:
            return
    for span in placed.lost:
        detail = f"{span_name(span)}, {quoted(placed.text.text[span.start : span.end])}"
        receipt.spans_lost.add(where, "it cuts a token, overlaps another span, or its label cannot be learned", detail)
    # What was refused is in the files, for the recogniser to learn from.
    written = placed.text._replace(refused=())
    receipt.count_written(written, len(written.spans) - len(placed.lost), categories=True)


class SpacySplit(_TrainingFiles):
    """The two files alone."""

    name = "spacy-split"
    title = "spaCy DocBin, divided (a folder with train.spacy and dev.spacy)"
    own_files = ("train.spacy", "dev.spacy")
    with_config = False


class SpacyProject(_TrainingFiles):
    """What ``python -m spacy train config.cfg``, called in the folder, trains as it is."""

    name = "spacy-project"
    title = "spaCy project (a folder to train in)"
    own_files = ("train.spacy", "dev.spacy", "config.cfg", "project.yml", "corpus")
    with_config = True
    limits = (
        f"{_TrainingFiles.limits} With a base, texts that nobody annotated are mixed in as the base reads them; the "
        f"files don't hold {_BY_BASE}, nor {_ADDED}."
    )

    def write_folder(
        self, folder: Path, texts: Iterable[AnnotatedText], receipt: ExportReceipt, rules: TokenRules
    ) -> None:
        """Write what to train on, how, and the commands."""
        super().write_folder(folder, texts, receipt, rules)
        (folder / "project.yml").write_text(_PROJECT, encoding="utf-8")


def targets(settings: TrainingSettings, categories: CategoryScheme = NO_CATEGORIES) -> tuple[Target, ...]:
    """All formats that a project can be exported in, which is trained with these settings and has ``categories``."""
    return (*writers(), SpacySplit(settings, categories), SpacyProject(settings, categories))


def every_format() -> tuple[Format, ...]:
    """All that can be imported or exported, for a list of them."""
    only_listed = TrainingSettings(output=Path())
    return (*formats(), SpacySplit(only_listed), SpacyProject(only_listed))


def target_for(
    path: Path, format_name: str | None, settings: TrainingSettings, categories: CategoryScheme = NO_CATEGORIES
) -> Target:
    """The format named, else the one that the ending of ``path`` says.

    Raises:
        UserError: there is none.
    """
    return named(format_name, targets(settings, categories)) if format_name is not None else writer_for(path)


def export(
    path: Path,
    texts: Iterable[AnnotatedText],
    format_name: str | None,
    settings: TrainingSettings,
    categories: CategoryScheme = NO_CATEGORIES,
) -> ExportReceipt:
    """Write the texts in the format named, else in the one that the ending of ``path`` says.

    Raises:
        UserError: the format or the language of the settings is unknown, or the target cannot be written; what was
            there before is as it was.
    """
    target = target_for(path, format_name, settings, categories)
    return write(path, texts, target, TokenRules(settings.language, settings.splits))
