"""Every action of the window under its name: its words, its keys, its icon. One table, nothing hidden."""

from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence

from gadget_trainer.ui.icons import plan_icon


class ActionSpec(NamedTuple):
    """What an action is called, and how it is reached. No dataclass: the window is painted sooner without."""

    name: str
    words: str
    keys: tuple[str, ...] = ()
    """The first is the one that is shown."""
    icon: str = ""
    tip: str = ""
    checkable: bool = False
    within_text: bool = False
    """Its keys work only in the text and the table of texts, because elsewhere they are typed."""


SPECS = (
    ActionSpec("newProject", "New project…", ("Ctrl+N",), "new"),
    ActionSpec("openProject", "Open project…", ("Ctrl+O",), "open"),
    ActionSpec("openSample", "Open the sample", (), "sample", "A new project with 265 texts about gadgets"),
    ActionSpec("importFiles", "Import texts…", ("Ctrl+I",), "import"),
    ActionSpec("showReceipt", "Receipt of the import", tip="What became of the texts and spans that came in last"),
    ActionSpec("exportFile", "Export…", ("Ctrl+E",), "export"),
    ActionSpec("closeProject", "Close project", ("Ctrl+W",)),
    ActionSpec("quit", "Quit", ("Ctrl+Q",)),
    ActionSpec("undo", "Undo", ("Ctrl+Z",), "undo"),
    ActionSpec("redo", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "redo"),
    ActionSpec("find", "Find in texts", ("Ctrl+F",), "search"),
    ActionSpec(
        "labelAllMatches", "Label all matches…", ("Ctrl+M",), tip="Find the selected words in all texts, and label them"
    ),
    ActionSpec(
        "findExamples",
        "Find the label’s examples",
        ("Ctrl+Shift+X",),
        tip="Find the examples of the active label in all texts, and label them",
    ),
    ActionSpec(
        "findAllExamples",
        "Find examples of all labels",
        tip="Find the examples of every label in all texts, and label them",
    ),
    ActionSpec("addLabel", "Add a label…", ("Ctrl+L",), "plus"),
    ActionSpec("changeLabel", "Change the label…", ("F2",), tip="Name, key, colour and meaning of the active label"),
    ActionSpec("moveLabelLeft", "Move the label left", tip="Move the active label a place to the left"),
    ActionSpec("moveLabelRight", "Move the label right", tip="Move the active label a place to the right"),
    ActionSpec("deleteLabel", "Delete the label…", tip="Delete the active label with its spans"),
    ActionSpec("showLabels", "Labels…", ("Ctrl+Shift+L",), tip="All labels, with their spans and complete texts"),
    ActionSpec("showSurfaces", "Labelled words…", ("Ctrl+Shift+M",), tip="What is labelled, grouped by its words"),
    ActionSpec("showSplits", "Split words…", tip="The words that the tokenizer always splits"),
    ActionSpec("nextOfLabel", "Next span of the label", ("F4",), tip="The next span of the active label in all texts"),
    ActionSpec("previousOfLabel", "Previous span of the label", ("Shift+F4",)),
    ActionSpec("importLabels", "Import labels…", tip="Take the labels of a file into this project"),
    ActionSpec("exportLabels", "Export labels…", tip="Write the labels into a file for another project"),
    ActionSpec(
        "findLabel", "Find a label…", ("L",), tip="Choose a label by a few letters of its name", within_text=True
    ),
    ActionSpec("showCategories", "Categories…", ("Ctrl+Shift+C",), tip="All categories, and how many texts have them"),
    ActionSpec("addCategory", "Add a category…", tip="A label of whole texts, like a topic or an opinion"),
    ActionSpec(
        "findCategory",
        "Find a category…",
        ("Shift+L",),
        tip="Choose a category of the text by a few letters of its name",
        within_text=True,
    ),
    ActionSpec("deleteSpan", "Remove the span", ("Del",), "delete", within_text=True),
    ActionSpec(
        "characterMode",
        "Character mode",
        ("C",),
        tip="Select characters instead of tokens; holding Alt while dragging does so for one span",
        checkable=True,
        within_text=True,
    ),
    ActionSpec(
        "markDone", "Done", ("Return", "Enter"), "done", "This text is complete: on to the next", within_text=True
    ),
    ActionSpec("markSkipped", "Skip", ("Space",), "skip", "Leave this text out: on to the next", within_text=True),
    ActionSpec("markToDo", "Back to do", ("Ctrl+T",), tip="This text is not finished after all"),
    ActionSpec("toggleFlag", "Flag", ("F",), "flag", "Come back to this text later", checkable=True, within_text=True),
    ActionSpec(
        "takeModel", "Take the model’s", ("M",), tip="Annotate this place as the model reads it", within_text=True
    ),
    ActionSpec("keepMine", "Keep mine", ("K",), tip="The model is wrong here: do not ask again", within_text=True),
    ActionSpec("nextMistake", "Next mistake", ("N",), "next", within_text=True),
    ActionSpec(
        "editNote", "Note…", ("Ctrl+Shift+N",), "note", "Write something down about this text", within_text=True
    ),
    ActionSpec("editText", "Edit the text…", ("Ctrl+Shift+E",), tip="Change its words; spans stay on theirs"),
    ActionSpec(
        "deleteTexts", "Delete the text…", ("Ctrl+Del",), "delete", "Delete the selected texts", within_text=True
    ),
    ActionSpec("showDuplicates", "Find duplicates", tip="Show the texts that are alike"),
    ActionSpec("goToText", "Go to number…", ("Ctrl+G",)),
    ActionSpec("nextText", "Next text", ("Ctrl+Down",), "next"),
    ActionSpec("previousText", "Previous text", ("Ctrl+Up",), "previous"),
    ActionSpec("nextUnfinished", "Next text to do", ("Ctrl+Shift+Down",)),
    ActionSpec("previousUnfinished", "Previous text to do", ("Ctrl+Shift+Up",)),
    ActionSpec("showAnnotate", "Annotate", ("Ctrl+1",), "annotate", checkable=True),
    ActionSpec("showTrain", "Train", ("Ctrl+2",), "train", checkable=True),
    ActionSpec("showTry", "Try", ("Ctrl+3",), "try", checkable=True),
    ActionSpec("showHistory", "History", ("Ctrl+H",), tip="What was done in this project", checkable=True),
    ActionSpec(
        "showGuidelines", "Guidelines", ("Ctrl+Shift+G",), tip="What is labelled in this project", checkable=True
    ),
    ActionSpec("largerText", "Larger text", ("Ctrl++", "Ctrl+=")),
    ActionSpec("smallerText", "Smaller text", ("Ctrl+-",)),
    ActionSpec("schemeSystem", "As the desktop", checkable=True),
    ActionSpec("schemeLight", "Light", checkable=True),
    ActionSpec("schemeDark", "Dark", checkable=True),
    ActionSpec("preferences", "Preferences…", ("Ctrl+,",), tip="Colours, the size of texts, and the keys"),
    ActionSpec("showKeys", "Keys…", ("F1", "?"), tip="Every key, what it does, and another one in its place"),
    ActionSpec("showFormats", "File formats", tip="What can be imported and exported"),
    ActionSpec("about", "About Gadget Trainer"),
)


_SPECS = {spec.name: spec for spec in SPECS}


class Actions(QObject):
    """The window's actions, by name."""

    keys_changed = Signal()
    """An action was given other keys."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._by_name = {spec.name: _action(spec, parent) for spec in SPECS}

    def __getitem__(self, name: str) -> QAction:
        return self._by_name[name]

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    def all(self) -> list[QAction]:
        """Every action, in the order of the table."""
        return list(self._by_name.values())

    def within_text(self) -> list[QAction]:
        """The actions whose keys work only where texts are annotated."""
        return [self._by_name[spec.name] for spec in SPECS if spec.within_text]

    def taken_keys(self) -> frozenset[str]:
        """The keys of all actions, as ``QKeySequence`` writes them."""
        return frozenset(one.toString() for action in self.all() for one in action.shortcuts())

    def set_keys(self, name: str, keys: QKeySequence) -> None:
        """Give an action one combination of keys in place of those that it has; an empty one takes them away."""
        _give_keys(self._by_name[name], _SPECS[name], [] if keys.isEmpty() else [keys])
        self.keys_changed.emit()

    def reset_keys(self, name: str) -> None:
        """Give an action the keys that it was delivered with."""
        _give_keys(self._by_name[name], _SPECS[name], self.delivered_keys(name))
        self.keys_changed.emit()

    def delivered_keys(self, name: str) -> list[QKeySequence]:
        """The keys that an action was delivered with."""
        return [QKeySequence(keys) for keys in _SPECS[name].keys]

    def enable(self, *names: str, on: bool) -> None:
        """Switch actions on or off together."""
        for name in names:
            self._by_name[name].setEnabled(on)


def _action(spec: ActionSpec, parent: QObject) -> QAction:
    action = QAction(spec.words, parent)
    action.setObjectName(spec.name)
    action.setCheckable(spec.checkable)
    if spec.icon:
        plan_icon(action, spec.icon)
    if spec.within_text:
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    _give_keys(action, spec, [QKeySequence(keys) for keys in spec.keys])
    return action


def _give_keys(action: QAction, spec: ActionSpec, keys: list[QKeySequence]) -> None:
    action.setShortcuts(keys)
    words = spec.tip or spec.words.rstrip("…")
    action.setToolTip(f"{words} ({keys[0].toString()})" if keys else words)
