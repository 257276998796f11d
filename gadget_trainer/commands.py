"""Import, export, train and package without a window: the same work as in it, told on standard output."""

import gc
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.project_file import is_project_file, remove_project_file
from gadget_trainer.corpus.records import AnnotatedText, CategoryScheme
from gadget_trainer.corpus.text_filter import TextFilter
from gadget_trainer.errors import UserError
from gadget_trainer.exporting import target_for
from gadget_trainer.formats.choice import choice_of, chosen_ids
from gadget_trainer.formats.format import TokenRules
from gadget_trainer.formats.reading import FileChoice, read_alike, read_files
from gadget_trainer.formats.writing import write
from gadget_trainer.progress_line import ProgressLine
from gadget_trainer.training.categories import scheme_of
from gadget_trainer.training.kept_labels import warning
from gadget_trainer.training.presets import Preset, settings_of, with_preset
from gadget_trainer.training.progress import IterationDone, Noted, Saved
from gadget_trainer.training.settings import CONFIG_DECIDES, TrainingSettings, read_config
from gadget_trainer.training.sources import unlabelled_texts, words_of

if TYPE_CHECKING:  # spaCy: no command waits for what it does not use
    from gadget_trainer.training.kept_run import KeptRun
    from gadget_trainer.training.run import TrainingRun

_EVERY_TEXT = TextFilter()


def import_files(
    project_path: Path,
    paths: list[Path],
    decided: FileChoice,
    text_column: str | None = None,
    *,
    as_json: bool,
) -> int:
    """Import files into a project, which is made where there is none, and print the receipts.

    All that was ``decided`` about each of the files but its path holds, and ``text_column`` is the column that the
    texts of tables are in; for the rest, the content of each file decides.
    """
    reading = read_alike(paths, decided, text_column)
    # What is imported by now would be gone through again for every few thousand texts.
    gc.freeze()
    new = not project_path.exists()
    try:
        with closing(Project.create(project_path) if new else Project.open(project_path)) as project:
            names = paths[0].name if len(paths) == 1 else f"{len(paths)} files"
            project.imports.add_texts(reading.texts(), names, reading.examples)
    except BaseException:  # Ctrl+C, too, leaves no empty project behind
        if new:
            remove_project_file(project_path)
        raise
    if as_json:
        print(json.dumps([receipt.to_json() for receipt in reading.receipts], ensure_ascii=False))
    else:
        for receipt in reading.receipts:
            print("\n".join(receipt.lines()))
    return 0


def export_file(
    project_path: Path,
    path: Path,
    format_name: str | None,
    language: str | None,
    states: list[str] | None = None,
    labels: list[str] | None = None,
    which: TextFilter = _EVERY_TEXT,
    within: range | None = None,
    *,
    as_json: bool,
) -> int:
    """Say what the format cannot hold, export a project's texts, and print the receipt.

    ``states`` and ``labels`` name which texts go out with which spans; None is all of them. ``which`` narrows the
    texts further, as the filter in the window does, and so does the range of their numbers.
    """
    with closing(Project.open(project_path)) as project:
        ids = chosen_ids(project, which, within) if which.narrows or within is not None else None
        choice = choice_of(states, labels, [label.name for label in project.read.labels()])
        settings = settings_of(project.setting("training_settings", {}), words_of(project.read.texts()))
        if language:
            settings = replace(settings, language=language)
        settings = replace(settings, splits=project.splits.all())
        categories = project.categories.scheme()
        target = target_for(path, format_name, settings, categories)
        if target.limits:
            print(f"{target.title}: {target.limits}", file=sys.stderr, flush=True)
        receipt = write(
            path, choice.of(project.read.texts(ids)), target, TokenRules(settings.language, settings.splits)
        )
    print(json.dumps(receipt.to_json(), ensure_ascii=False) if as_json else "\n".join(receipt.lines()))
    return 0


def train(
    source: Path,
    settings: TrainingSettings,
    preset: Preset,
    config: Path | None,
    *,
    chosen: dict[str, Any],
    as_json: bool,
) -> int:
    """Train on a project or a file, print a line an iteration, and save the best.

    ``chosen`` are those of the settings that the person named: they go before the preset, which follows the number of
    words, and before the config's where a config leaves them to the settings. Ctrl+C stops and saves the best so far.
    """
    wrong = settings.problems()
    if wrong:
        raise UserError(" ".join(wrong))
    with _texts_of(source) as (project, texts, labels, categories):
        if project is not None:
            settings = replace(settings, splits=project.splits.all())
        if config is None:
            settings = replace(with_preset(preset, settings, words_of(texts())), **chosen)
        else:
            settings = _with_config(settings, config, chosen, categories)
        _refuse_what_cannot_be_trained(texts, labels, settings, categories)
        _run(_new_run(project, texts, settings, categories), as_json=as_json)
    return 0


def resume(source: Path | None, folder: Path, *, as_json: bool) -> int:
    """Go on with the run that was to be saved in ``folder`` and was broken off, and save the best.

    ``source`` is the project that it was begun in, which is told of it. Raises UserError where no run can go on.
    """
    from gadget_trainer.training.broken_off import folder_of, run_beside
    from gadget_trainer.training.kept_run import go_on
    from gadget_trainer.training.run import TrainingRun

    run_folder = run_beside(folder)
    if run_folder is None:
        raise UserError(f"No run to “{folder}” was broken off after an iteration, so there is nothing to go on with.")
    if source is None or not is_project_file(source):
        _run(TrainingRun.broken_off(run_folder, tuple), as_json=as_json)
        return 0
    with closing(Project.open(source)) as project:
        kept = next((one for one in project.runs.running() if folder_of(one) == run_folder), None)
        if kept is None:
            raise UserError(f"The run to “{folder}” was not begun in {source.name}. Leave out the project.")
        _run(go_on(project, kept), as_json=as_json)
    return 0


def package(folder: Path, output: Path | None) -> int:
    """Write the pipeline in ``folder`` as a wheel, beside it unless ``output`` is given, and print where it is."""
    from gadget_trainer.training.packaging import Packaged
    from gadget_trainer.training.packaging import package as steps

    for record in steps(str(folder), output or folder.resolve().parent):
        if isinstance(record, Packaged):
            print(f'{record.wheel}\nAfter pip install, spacy.load("{record.name}") loads it.')
    return 0


def _with_config(
    settings: TrainingSettings, path: Path, chosen: dict[str, Any], categories: CategoryScheme
) -> TrainingSettings:
    from gadget_trainer.training.run_config import with_config

    both = [name for name in chosen if name in CONFIG_DECIDES]
    if both:
        raise UserError(f"The config decides about {both[0].replace('_', ' ')}. Change it there.")
    return replace(with_config(settings, read_config(path), categories), **chosen)


_Texts = Callable[[], Iterable[AnnotatedText]]


@contextmanager
def _texts_of(source: Path) -> Iterator[tuple[Project | None, _Texts, list[str], CategoryScheme]]:
    """The project, if it is one; the texts of the project or file; the project's labels; and the categories."""
    if is_project_file(source):
        with closing(Project.open(source)) as project:
            labels = [label.name for label in project.read.labels()]
            yield project, project.read.texts, labels, project.categories.scheme()
    else:
        reading = read_files([source])
        texts = [one._replace(id=number) for number, one in enumerate(reading.texts(), start=1)]
        for receipt in reading.receipts:
            if receipt.spans_lost.count or receipt.texts_skipped.count:
                print(receipt.summary(), file=sys.stderr)
        yield None, lambda: texts, [], scheme_of(texts)


def _refuse_what_cannot_be_trained(
    texts: _Texts, labels: list[str], settings: TrainingSettings, categories: CategoryScheme
) -> None:
    from gadget_trainer.training.check import Severity, check

    found = check(texts, settings, labels, categories)
    for problem in found.problems:
        if problem.severity is Severity.WARN:
            print(f"Note: {problem.message}", file=sys.stderr)
    blocking = [problem.message for problem in found.problems if problem.severity is Severity.BLOCK]
    if blocking:
        raise UserError(" ".join(blocking))


def _new_run(
    project: Project | None, texts: _Texts, settings: TrainingSettings, categories: CategoryScheme
) -> "TrainingRun | KeptRun":
    from gadget_trainer.training.kept_run import begin
    from gadget_trainer.training.run import TrainingRun

    if project is not None:
        return begin(project, settings)
    return TrainingRun(texts, settings, unlabelled=lambda: unlabelled_texts(texts()), categories=categories)


def _run(run: "TrainingRun | KeptRun", *, as_json: bool) -> None:
    with closing(run), closing(ProgressLine(sys.stderr)) as line:
        try:
            for record in run.steps():
                line.show(record)
                if isinstance(record, Noted):
                    line.clear()
                    print(record.sentence, file=sys.stderr)
                if isinstance(record, IterationDone):
                    line.clear()
                    print(json.dumps(record.to_json()) if as_json else _line(record), flush=True)
        except KeyboardInterrupt:
            line.clear()
            print("Stopping; the best so far is saved.", file=sys.stderr)
        for step in run.save():
            line.show(step)
            if isinstance(step, Saved):
                line.clear()
                said = " ".join(filter(None, (_saved(step), warning(step.kept))))
                print(said, file=sys.stderr if as_json else sys.stdout)


def _saved(record: Saved) -> str:
    which = f"Iteration {record.best_iteration}" if record.best_iteration else "What was learned so far"
    proof = f"loaded again, it found the same in {record.checked_texts} texts"
    return f"{which} is saved in {record.folder}; {proof}."


def _line(record: IterationDone) -> str:
    scores = "  ".join(
        f"{name} {'–' if score is None else f'{score:.3f}'}"
        for name, score in (("P", record.precision), ("R", record.recall), ("F", record.f_score))
    )
    categories = record.categories
    if categories is not None and categories.macro_f is not None and categories.micro_f is not None:
        scores += f"  categories F {categories.macro_f:.3f}  {categories.micro_name} {categories.micro_f:.3f}"
    return (
        f"iteration {record.iteration}/{record.iterations}  loss {record.loss:.2f}  {scores}  "
        f"{record.words_per_second:,.0f} words/s  {record.seconds:.1f} s"
    )
