"""Which actions can be used, as far as that follows from the project; the workspaces switch on what is theirs."""

from gadget_trainer.ui.actions import Actions
from gadget_trainer.ui.menus import ANNOTATE_ACTIONS, LABEL_ACTIONS, MISTAKE_ACTIONS, TEXT_ACTIONS, WORKSPACES

_NEEDS_PROJECT = ("exportFile", "closeProject")
# What reads or writes another project, or more of this one, than an edit of many rows can have beside it.
_NEEDS_NO_EDIT = ("importFiles", "newProject", "openProject", "openSample")
# What reads or writes the project, which an import keeps to itself.
_NEEDS_PROJECT_ALONE = (
    *("showHistory", "showGuidelines", "undo", "redo", "find", "showDuplicates"),
    *LABEL_ACTIONS,
    *WORKSPACES,
)
_NEEDS_ANNOTATE = (*TEXT_ACTIONS, *MISTAKE_ACTIONS, *ANNOTATE_ACTIONS, "deleteSpan")


def enable_for_project(
    actions: Actions, *, has_project: bool, importing: bool, editing: bool, has_receipt: bool
) -> None:
    """Switch on what a project is enough for, and off what needs the Annotate workspace.

    While it is ``editing``, an edit of many rows goes on in a thread, and nothing else can be written.
    """
    alone = has_project and not importing and not editing
    actions.enable(*_NEEDS_PROJECT, on=has_project and not editing)
    actions.enable(*_NEEDS_NO_EDIT, on=not editing)
    actions.enable(*_NEEDS_PROJECT_ALONE, on=alone)
    actions.enable(*_NEEDS_ANNOTATE, on=False)
    actions.enable("showReceipt", on=alone and has_receipt)
