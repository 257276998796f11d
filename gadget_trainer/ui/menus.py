"""Where the actions stand: the menu bar, and the bar at the left that switches workspaces."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMainWindow, QMenu, QToolBar

from gadget_trainer.ui.actions import Actions

WORKSPACES = ("showAnnotate", "showTrain", "showTry")
_LABEL_EDITS = ("addLabel", "changeLabel", "moveLabelLeft", "moveLabelRight", "deleteLabel")
_LABEL_FILES = ("importLabels", "exportLabels")
LABEL_ACTIONS = (*_LABEL_EDITS, *_LABEL_FILES, "addCategory")
"""What changes the labels and the categories; a project is enough for it."""
ANNOTATE_ACTIONS = (
    *("showLabels", "showCategories", "showSurfaces", "showSplits"),
    *("nextOfLabel", "previousOfLabel", "findExamples", "findAllExamples"),
)
"""What needs the Annotate workspace, but no text."""
MISTAKE_ACTIONS = ("takeModel", "keepMine", "nextMistake")
"""What needs a place where a model and the person differ."""
TEXT_ACTIONS = (
    *("markDone", "markSkipped", "markToDo", "toggleFlag"),
    *("nextText", "previousText", "nextUnfinished", "previousUnfinished", "goToText"),
    *("labelAllMatches", "findLabel", "findCategory", "editNote", "editText", "deleteTexts"),
)
"""What needs a text that is shown."""

_MENUS = {
    "&File": (
        *("newProject", "openProject", "openSample", ""),
        *("importFiles", "showReceipt", "exportFile", ""),
        *("closeProject", "quit"),
    ),
    "&Edit": (
        *("undo", "redo", "", "deleteSpan", "characterMode", ""),
        *("find", "labelAllMatches", "findAllExamples", "", "preferences"),
    ),
    "&Labels": (
        *(
            "findLabel",
            "showLabels",
            "showSurfaces",
            "showSplits",
            "",
            "nextOfLabel",
            "previousOfLabel",
            "findExamples",
            "",
        ),
        *(*_LABEL_EDITS, "", *_LABEL_FILES, ""),
        *("findCategory", "showCategories", "addCategory"),
    ),
    "&Text": (
        *("markDone", "markSkipped", "markToDo", "toggleFlag", ""),
        *("nextText", "previousText", "nextUnfinished", "previousUnfinished", "goToText", ""),
        *("takeModel", "keepMine", "nextMistake", ""),
        *("editNote", "editText", "deleteTexts", "showDuplicates"),
    ),
    "&View": (*WORKSPACES, "", "showHistory", "showGuidelines", "", "largerText", "smallerText", ""),
    "&Help": ("showKeys", "showFormats", "about"),
}

_SCHEMES = ("schemeSystem", "schemeLight", "schemeDark")


def menu_titles() -> dict[str, tuple[str, ...]]:
    """The actions of each menu by its title, as it reads."""
    menus = {**_MENUS, "&View": (*_MENUS["&View"], *_SCHEMES)}
    return {title.replace("&", ""): tuple(name for name in names if name) for title, names in menus.items()}


def fill_menus(window: QMainWindow, actions: Actions) -> None:
    """Build the menu bar."""
    for title, names in _MENUS.items():
        menu = window.menuBar().addMenu(title)
        _fill(menu, actions, names)
        if title == "&View":
            appearance = menu.addMenu("Appearance")
            _fill(appearance, actions, _SCHEMES)
            _exclusive(window, actions, _SCHEMES)


def workspace_bar(window: QMainWindow, actions: Actions) -> QToolBar:
    """The bar at the left."""
    bar = QToolBar("Workspaces")
    bar.setObjectName("workspaceBar")
    bar.setMovable(False)
    bar.setIconSize(QSize(24, 24))
    bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
    bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
    for name in WORKSPACES:
        bar.addAction(actions[name])
    _exclusive(window, actions, WORKSPACES)
    return bar


def _fill(menu: QMenu, actions: Actions, names: tuple[str, ...]) -> None:
    for name in names:
        if name:
            menu.addAction(actions[name])
        else:
            menu.addSeparator()


def _exclusive(window: QMainWindow, actions: Actions, names: tuple[str, ...]) -> None:
    group = QActionGroup(window)
    for name in names:
        group.addAction(actions[name])
