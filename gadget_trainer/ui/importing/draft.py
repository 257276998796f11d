"""An import that is being prepared: what is known of its files, and what the person decided about them. No Qt."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from pathlib import Path
from typing import Any

from gadget_trainer.corpus.label_names import problem_with_name
from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.errors import UserError
from gadget_trainer.formats.folders import files_in
from gadget_trainer.formats.forecast import FilePlan, Forecast
from gadget_trainer.formats.format import Reader
from gadget_trainer.formats.notes import counted
from gadget_trainer.formats.overlaps import Conflict, ConflictKey, Overlaps, Spans, decided_for, renamed
from gadget_trainer.formats.preview import Glimpse
from gadget_trainer.formats.reading import FileChoice, Import, Unread


@dataclass(slots=True)
class DraftFile:
    """A file, what was seen of it, and what was decided about it."""

    choice: FileChoice
    names: Mapping[str, str | None]
    """The labels of all files that the person gave another name; None leaves their spans out."""
    glimpse: Glimpse | None = None
    """What was seen of it last; None as long as nothing was."""
    is_outdated: bool = False
    """Whether it is to be read otherwise than it was seen."""
    taken: bool = True
    """Whether the person wants it."""
    one_by_one: bool = False
    """Whether overlaps are decided one by one."""
    decided: dict[ConflictKey, Spans] = field(default_factory=dict)
    _forecast: Forecast | None = None

    @property
    def plan(self) -> FilePlan | None:
        """What was decided, if something else comes then than was seen."""
        if self.glimpse is None or not self.is_complete:
            return None
        names = {label: name for label, name in self.names.items() if label in self.glimpse.labels}
        return FilePlan(self.glimpse.choice, names, dict(self.decided)) if names or self.decided else None

    @property
    def is_foreseen(self) -> bool:
        """Whether it is known what comes, as far as the file was looked at."""
        plan = self.plan
        return plan is None or (self._forecast is not None and self._forecast.plan == plan)

    @property
    def spans(self) -> int:
        """How many spans come, or, where that is not foreseen yet, were seen."""
        seen = self.glimpse.spans if self.glimpse is not None else 0
        return self._forecast.spans if self._forecast is not None and self._is_by_forecast else seen

    @property
    def notes(self) -> tuple[str, ...]:
        """What the receipt would say."""
        seen = self.glimpse.notes if self.glimpse is not None else ()
        return self._forecast.notes if self._forecast is not None and self._is_by_forecast else seen

    @property
    def _is_by_forecast(self) -> bool:
        return self.plan is not None and self.is_foreseen

    def note(self, forecast: Forecast) -> bool:
        """Keep what is foreseen, unless the file or what was decided is another by now; whether it was kept."""
        if forecast.plan == self.plan:
            self._forecast = forecast
        return forecast is self._forecast

    @property
    def name(self) -> str:
        """What the window calls it."""
        return self.choice.name or self.choice.path.name

    @property
    def problem(self) -> str:
        """Why it cannot be imported so; empty where it can, or nothing is known yet."""
        return self.glimpse.problem if self.glimpse is not None and not self.is_outdated else ""

    @property
    def is_imported(self) -> bool:
        """Whether it is to be imported, as far as is known."""
        return self.taken and not self.problem

    @property
    def is_complete(self) -> bool:
        """Whether all of it was looked at."""
        return self.glimpse is not None and self.glimpse.complete and not self.is_outdated

    @property
    def is_asked(self) -> bool:
        """Whether it is open what its offsets count, and nobody has said it yet."""
        return self.glimpse is not None and self.glimpse.question is not None and self.choice.offsets is None

    @property
    def is_mismatched(self) -> bool:
        """Whether spans are elsewhere than their words, and nobody has said yet which of the two is right."""
        return self.glimpse is not None and bool(self.glimpse.mismatches) and self.choice.mismatches is None

    @property
    def is_open(self) -> bool:
        """Whether anything about it has to be decided before it can be imported."""
        return self.is_asked or self.is_mismatched


class Draft:
    """The files, and what their labels are to be called."""

    def __init__(self, files: Sequence[FileChoice], unread: Sequence[Unread], known_labels: Collection[str]) -> None:
        """``known_labels`` are the project's."""
        self.files: list[DraftFile] = []
        self.unread: list[Unread] = []
        self._rows: dict[FileChoice, int] = {}
        self.names: dict[str, str | None] = {}
        """The labels that the person gave another name; None leaves their spans out."""
        self.add(files, unread)
        self.known_labels = tuple(known_labels)

    def add(self, files: Sequence[FileChoice], unread: Sequence[Unread]) -> None:
        """Further files, without those that are among them already."""
        paths = {file.choice.path for file in self.files}
        for choice in files:
            if choice.path not in paths:
                self._rows[choice] = len(self.files)
                self.files.append(DraftFile(choice, self.names))
        self.unread += [one for one in unread if one not in self.unread]

    def note(self, glimpse: Glimpse) -> int | None:
        """Keep what was seen of a file and say which one it is; None where it was changed since."""
        row = self._rows.get(glimpse.asked)
        if row is not None:
            self.files[row].glimpse = glimpse
            self.files[row].is_outdated = False
        return row

    def to_foresee(self) -> list[FilePlan]:
        """The files of which it is not known what comes of them as it was decided."""
        plans = (file.plan for file in self.files if file.is_imported and not file.is_foreseen)
        return [plan for plan in plans if plan is not None]

    def note_forecast(self, forecast: Forecast) -> int | None:
        """Keep what is foreseen and say of which file; None where it is of none any more."""
        return next((row for row, file in enumerate(self.files) if file.note(forecast)), None)

    def change(self, rows: Iterable[int], **changes: Any) -> None:
        """Read these files otherwise: ``changes`` are fields of :class:`FileChoice`."""
        if changes.keys() & {"format_name", "encoding"}:
            changes = {"columns": None, **changes}  # they were of the table as it was read before
        for row in rows:
            file = self.files[row]
            changed = replace(file.choice, **changes)
            if changed != file.choice:
                del self._rows[file.choice]
                self._rows[changed] = row
                file.choice, file.is_outdated = changed, True
                file.decided.clear()

    def pending(self) -> list[FileChoice]:
        """The files that have to be looked at, or looked at to their end."""
        return [file.choice for file in self.files if file.taken and not file.is_complete]

    def labels(self) -> dict[str, int]:
        """How many spans each label of the files has so far, in the order in which they come."""
        counts = Counter[str]()
        for glimpse in self._glimpses():
            counts.update(glimpse.labels)
        return dict(counts)

    def new_name(self, label: str) -> str | None:
        """What a label of the files is to be called; None where it is left out."""
        return self.names.get(label, label)

    def spans_of(self, file: DraftFile, text: AnnotatedText) -> Spans:
        """The spans of one of a glimpse's texts as the project is to have them, overlaps settled as they would be."""
        glimpse = file.glimpse
        conflicts = [one for one in glimpse.conflicts if one.is_of(text)] if glimpse is not None else []
        if not conflicts:
            return renamed(text.spans, self.names)
        stated = {*text.spans, *(span for one in conflicts for span in one.spans)}
        within = sorted((span for span in stated if span.end <= len(text.text)), key=attrgetter("start"))
        overlaps = Overlaps(file.choice.overlaps, decided_for(self.names, file.decided))
        return overlaps.settle(text.text, renamed(within, self.names), text.source)[0]

    def rename(self, label: str, name: str | None) -> str:
        """Call a label so, or leave it out; what speaks against the name in words, and nothing is changed then."""
        name = name.strip() if name is not None else None
        problem = problem_with_name(name) if name is not None and name != label else ""
        if not problem:
            self.names.pop(label, None)
            if name != label:
                self.names[label] = name
        return problem

    def first_asked(self) -> int | None:
        """The first of the files of which something has to be decided; None where there is none."""
        return next((row for row, file in enumerate(self.files) if file.is_imported and file.is_open), None)

    def texts(self) -> int:
        """How many texts come, as far as they were counted."""
        return sum(glimpse.texts for glimpse in self._glimpses())

    def spans(self) -> int:
        """How many spans the files bring, as far as that is known."""
        return sum(file.spans for file in self.files if file.is_imported)

    def is_counted(self) -> bool:
        """Whether every file that is wanted was looked at to its end."""
        return all(file.is_complete for file in self.files if file.taken)

    def blocker(self) -> str:
        """What has to be done before anything can be imported, as a sentence; empty where nothing has."""
        wanted = [file for file in self.files if file.is_imported]
        asked = [file.name for file in wanted if file.is_asked]
        if asked:
            return f"Say what the offsets of {_listed(asked)} count: look which of the two readings is right."
        mismatched = [file.name for file in wanted if file.is_mismatched]
        if mismatched:
            return f"Say where the spans of {_listed(mismatched)} are whose words are not where their offsets say."
        if not wanted:
            return "There is nothing that can be imported." if self.files else "There is no file to import."
        return ""

    def summary(self) -> str:
        """What comes, in a sentence or two."""
        failed = sum(bool(file.taken and file.problem) for file in self.files) + len(self.unread)
        left_out = f" {counted(failed, 'file')} cannot be read and {_is_are(failed)} left out." if failed else ""
        what = f"{counted(self.texts(), 'text')} with {counted(self.spans(), 'span')}"
        so_far = "" if self.is_counted() else " so far"
        seen = ", before your decisions about labels and overlaps" if self.to_foresee() else ""
        return f"{what}{so_far}{seen}.{left_out}"

    def title(self) -> str:
        """What the history calls it."""
        names = [file.name for file in self.files if file.is_imported] or [file.name for file in self.files]
        return names[0] if len(names) == 1 else counted(len(names), "file")

    def plan(self) -> Import:
        """The import as it was decided. Raises UserError where a file is gone since it was looked at."""
        files = [file for file in self.files if file.is_imported and file.glimpse is not None]
        choices = [(file.glimpse.choice, file.decided) for file in files if file.glimpse is not None]
        decided: Mapping[Path, Mapping[ConflictKey, Spans]] = {choice.path: kept for choice, kept in choices if kept}
        failed = [Unread(file.name, file.problem) for file in self.files if file.taken and file.problem]
        left_out = [Unread(file.name, "It was left out on purpose.") for file in self.files if not file.taken]
        return Import(
            tuple((choice, choice.reader()) for choice, _kept in choices),
            dict(self.names),
            decided,
            (*failed, *left_out, *self.unread),
        )

    def _glimpses(self) -> list[Glimpse]:
        return [file.glimpse for file in self.files if file.is_imported and file.glimpse is not None]


def at_once(paths: Iterable[Path], format_name: str | None = None) -> Import:
    """An import without a preview: all as it is found. What cannot be read in a folder is named in its receipts.

    Raises:
        UserError: a file that was named itself is missing, empty, not readable, or in no known format.
    """
    choices, unread = files_in(paths, format_name)
    files: list[tuple[FileChoice, Reader]] = []
    for choice in choices:
        try:
            files.append((choice, choice.reader()))
        except UserError as error:
            if not choice.whole_texts:
                raise
            unread.append(Unread(choice.name, str(error)))
    if not files and unread:
        raise UserError(f"{unread[0].name} was not read. {unread[0].sentence}")
    return Import(tuple(files), unread=tuple(unread))


def chosen_side(file: DraftFile, conflict: Conflict) -> int | None:
    """Which of a conflict's two readings the person chose; None where nobody has."""
    kept = file.decided.get(conflict.key)
    return None if kept is None else conflict.readings().index(kept)


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{len(names):,} files"


def _is_are(number: int) -> str:
    return "is" if number == 1 else "are"
