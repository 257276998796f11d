"""The window: assembles the parts and connects them; it holds no data of its own but which project is open."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget

from gadget_trainer.errors import UserError
from gadget_trainer.paths import resources
from gadget_trainer.ui.actions import Actions
from gadget_trainer.ui.busy_bar import BusyBar
from gadget_trainer.ui.crash import CrashReporter
from gadget_trainer.ui.docks import add_docks, remove_docks
from gadget_trainer.ui.early_imports import EarlyImports
from gadget_trainer.ui.enabling import enable_for_project
from gadget_trainer.ui.frame import Frame
from gadget_trainer.ui.help import Help
from gadget_trainer.ui.icons import draw_planned_icons, program_icon
from gadget_trainer.ui.interpreter import Interpreter
from gadget_trainer.ui.leaving import Leaving
from gadget_trainer.ui.menus import WORKSPACES, fill_menus, workspace_bar
from gadget_trainer.ui.notice import NoticeBar
from gadget_trainer.ui.preference_flow import PreferenceFlow
from gadget_trainer.ui.preferences import Preferences
from gadget_trainer.ui.theme import apply_scheme
from gadget_trainer.ui.welcome import WelcomePage

if TYPE_CHECKING:  # SQLAlchemy behind it takes longer to import than the window to paint
    from gadget_trainer.corpus.project import Project
    from gadget_trainer.ui.files import Files
    from gadget_trainer.ui.workspaces import Workspaces


class MainWindow(QMainWindow):
    """One window, one project at a time."""

    def __init__(self, application: QApplication) -> None:
        super().__init__()
        self._preferences = Preferences()
        self._open: Workspaces | None = None
        self._workspace = ""
        apply_scheme(application, self, self._preferences.scheme)
        self.setObjectName("mainWindow")
        self.setWindowTitle("Gadget Trainer")
        self.setAcceptDrops(True)
        self._interpreter = Interpreter(self)
        self._interpreter.start()
        self._crashes = CrashReporter(self)
        self._crashes.install()
        self._actions = Actions(self)
        self._help = Help(self, self._actions)
        self._preference_flow = PreferenceFlow(application, self, self._actions, self._preferences)
        self._notice = NoticeBar()
        self._busy = BusyBar()
        self._leaving = Leaving(self._notice, self)
        self._files_made: Files | None = None
        self._welcome = self._make_welcome()
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()
        self._enable()
        self._welcome.show_recent(self._preferences.recent_projects())
        if not self.restoreGeometry(self._preferences.geometry):
            self.resize(1280, 800)
        self._painted = False
        self._imports = EarlyImports()

    def open_project(self, path: Path) -> None:
        """Open that project and close what was open; a sentence in the window where that fails."""
        from gadget_trainer.corpus.project import Project  # SQLAlchemy

        if self._open is not None and path.absolute() == self._open.session.project.path.absolute():
            self._switch("showAnnotate")
            return
        self._show_project(lambda: Project.open(path))

    def create_project(self, path: Path) -> bool:
        """Begin a new project in that file and close what was open; False, and a sentence, where that fails."""
        from gadget_trainer.corpus.project import Project  # SQLAlchemy

        return self._show_project(lambda: Project.create(path))

    @Slot()
    def open_sample(self) -> None:
        """Begin a new project with the sample texts, beside the person's documents."""
        from gadget_trainer.formats.reading import read_files  # SQLAlchemy
        from gadget_trainer.ui.project_dialogs import free_name

        sample = resources() / "samples" / "gadgets.jsonl"
        if self.create_project(free_name("Gadgets sample")) and self._open is not None:
            session = self._open.session
            session.do(lambda: session.project.imports.add_texts(read_files([sample]).texts(), "the sample"))

    def import_paths(self, paths: list[Path], format_name: str | None = None) -> None:
        """Import files, without a preview, into the open project, or into a new one that is asked for."""
        if self._has_project_for(paths):
            self._files().import_at_once(paths, format_name)

    def preview_paths(self, paths: list[Path], format_name: str | None = None) -> None:
        """Show what files and folders would bring into the open project, or into a new one that is asked for."""
        if self._leaving.may_begin() and not self._files().refuses() and self._has_project_for(paths):
            self._files().preview(paths, format_name)

    def _has_project_for(self, paths: list[Path]) -> bool:
        if self._open is None and paths:
            self._new_project()
        return self._open is not None and bool(paths)

    # -- what closing and dropping do

    def paintEvent(self, event: QPaintEvent) -> None:
        """Icons are small and many: they are drawn after the first paint."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self._draw_icons)
            QTimer.singleShot(0, self, self._imports.start)

    def closeEvent(self, event: QCloseEvent) -> None:
        """End everything that was started. A person who would lose something that is under way is asked first."""
        if event.spontaneous() and not self._leaving.may_close_window():
            event.ignore()
            return
        self._close_project()
        self._preferences.geometry = self.saveGeometry()
        self._crashes.remove()
        self._imports.stop()
        self._interpreter.stop()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A project is opened, other files are imported."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        projects = [path for path in paths if path.suffix == ".gadget"]
        event.acceptProposedAction()
        if projects:
            self.open_project(projects[0])
        elif paths:
            self.preview_paths(paths)

    def changeEvent(self, event: QEvent) -> None:
        """The desktop went dark or light."""
        super().changeEvent(event)
        # Qt calls this while the window is being built, too.
        if event.type() == QEvent.Type.ThemeChange and hasattr(self, "_preference_flow"):
            self._preference_flow.follow_desktop()

    # -- projects

    def _show_project(self, open_: "Callable[[], Project]") -> bool:
        if not self._leaving.may_leave_project():
            return False
        try:
            opened = self._make_workspaces(open_())
        except UserError as error:
            self._notice.complain(str(error))
            return False
        self._close_project()
        self._notice.dismiss()
        self._open = opened
        self._leaving.watch_project(opened)
        if self._files_made is not None:
            self._files_made.watch_project(opened)
        for page in opened.pages():
            self._pages.addWidget(page)
        add_docks(self, opened.docks(), self._actions)
        opened.session.failed.connect(self._notice.complain)
        opened.session.told.connect(self._tell)
        opened.waiting.changed.connect(self._enable)
        opened.switch_requested.connect(self._switch)
        opened.annotate.list.chosen.connect(self._enable)
        opened.train.running_changed.connect(self._note_run)
        self._preference_flow.text_size_changed.connect(opened.set_text_size)
        path = opened.session.project.path
        self._preferences.remember_project(path)
        self.setWindowTitle(f"{path.stem} – Gadget Trainer")
        self._switch("showAnnotate")
        return True

    def _make_workspaces(self, project: "Project") -> "Workspaces":
        """The workspaces of a project; one that cannot be shown is closed again, and what was open stays."""
        from gadget_trainer.ui.workspaces import Workspaces  # SQLAlchemy behind it

        attempt = QObject(self)  # what was built before it failed goes with it
        try:
            made = Workspaces(project, self._actions, self._notice, self._busy, self._preferences, attempt)
        except BaseException:
            project.close()
            QTimer.singleShot(0, self, self._interpreter.collect_all)
            self._enable()
            raise
        else:
            made.setParent(self)
            return made
        finally:
            attempt.deleteLater()

    @Slot()
    def _leave_project(self) -> None:
        if self._leaving.may_leave_project():
            self._close_project()

    @Slot()
    def _close_project(self) -> None:
        if self._open is None:
            return
        self._files().watch_project(None)
        self._open.finish()
        for page in self._open.pages():
            self._pages.removeWidget(page)
            page.deleteLater()
        remove_docks(self, self._open.docks())
        self._open.deleteLater()
        self._open = None
        self._leaving.watch_project(None)
        QTimer.singleShot(0, self, self._interpreter.collect_all)
        self._notice.dismiss()
        self.setWindowTitle("Gadget Trainer")
        self._welcome.show_recent(self._preferences.recent_projects())
        self._welcome.tell_broken_off()
        self._pages.setCurrentWidget(self._welcome)
        self._enable()

    @Slot()
    def _new_project(self) -> None:
        from gadget_trainer.ui.project_dialogs import ask_for_new  # start-up need not wait for it

        path = ask_for_new(self)
        if path is not None:
            self.create_project(path)

    @Slot()
    def _choose_project(self) -> None:
        from gadget_trainer.ui.project_dialogs import ask_for_existing  # start-up need not wait for it

        path = ask_for_existing(self)
        if path is not None:
            self.open_project(path)

    @Slot()
    def _choose_imports(self) -> None:
        if not self._files().refuses():
            self.preview_paths(*self._files().choose_files())

    @Slot()
    def _export(self) -> None:
        self._files().export()

    @Slot()
    def _show_receipt(self) -> None:
        self._files().show_receipt()

    def _files(self) -> "Files":
        """Imports and exports, made when first needed: start-up need not wait for what they import."""
        if self._files_made is None:
            from gadget_trainer.ui.files import Files

            self._files_made = files = Files(self, self._pages, self._notice, self._busy)
            files.set_text_size(self._preferences.text_size)
            self._preference_flow.text_size_changed.connect(files.set_text_size)
            files.watch_project(self._open)
            files.busy_changed.connect(self._enable)
            files.page_shown.connect(self._leave_workspace)
            files.page_left.connect(self._return_to_workspace)
            self._leaving.watch_files(files)
        return self._files_made

    @Slot()
    def _leave_workspace(self) -> None:
        """A page of an import is shown: what needs a text has none to work on."""
        self._workspace = ""
        self._enable()

    @Slot()
    def _return_to_workspace(self) -> None:
        self._switch(next((name for name in WORKSPACES if self._actions[name].isChecked()), WORKSPACES[0]))

    # -- the rest

    @Slot()
    def _undo(self) -> None:
        if self._open is not None:
            self._open.session.undo()

    @Slot()
    def _redo(self) -> None:
        if self._open is not None:
            self._open.session.redo()

    @Slot()
    def _quit(self) -> None:
        if self._leaving.may_close_window():
            self.close()

    @Slot()
    def _show_workspace(self) -> None:
        action = self.sender()
        if action is not None:
            self._switch(action.objectName())

    @Slot(str)
    def _switch(self, name: str) -> None:
        if self._open is not None:
            self._workspace = name
            self._notice.outdate()
            self._actions[name].setChecked(True)
            page = self._open.pages()[WORKSPACES.index(name)]
            self._pages.setCurrentWidget(page)
            self._open.enter(name)
            self._enable()

    @Slot(bool)
    def _note_run(self, running: bool) -> None:
        if running or (self._open is not None and not self._open.train.has_failed()):
            self._notice.outdate()
        if running:
            self._interpreter.spare_what_lives()
        else:
            self._interpreter.collect_new()

    @Slot(str)
    def _tell(self, sentence: str) -> None:
        self._notice.outdate()
        self.statusBar().showMessage(sentence, 8000)

    @Slot()
    def _draw_icons(self) -> None:
        self.setWindowIcon(program_icon())
        self._welcome.draw_picture()
        self._welcome.tell_broken_off()
        draw_planned_icons(self)

    @Slot()
    def _enable(self) -> None:
        """What can be done follows from which project, workspace and text are shown, and from an import."""
        files = self._files_made
        editing = self._open is not None and self._open.waiting.is_busy()
        written = editing or (files is not None and files.is_importing())
        alone = self._open is not None and not written
        self._pages.setEnabled(not written)
        if self._open is not None:
            for dock in self._open.docks().values():
                dock.setEnabled(not written)
        enable_for_project(
            self._actions,
            has_project=self._open is not None,
            importing=files is not None and files.is_importing(),
            editing=editing,
            has_receipt=files is not None and files.has_receipt(),
        )
        if self._open is not None and alone and self._workspace == "showAnnotate":
            self._open.annotate.enable_actions()

    def _make_welcome(self) -> WelcomePage:
        names = ("openSample", "newProject", "openProject", "importFiles")
        page = WelcomePage(*(self._actions[name] for name in names))
        page.project_requested.connect(self.open_project)
        return page

    def _connect(self) -> None:
        self._crashes.refused.connect(self._notice.complain, Qt.ConnectionType.QueuedConnection)
        self._leaving.confirmed.connect(self.close)
        actions = self._actions
        for name, slot in (
            ("newProject", self._new_project),
            ("openProject", self._choose_project),
            ("openSample", self.open_sample),
            ("importFiles", self._choose_imports),
            ("exportFile", self._export),
            ("showReceipt", self._show_receipt),
            ("closeProject", self._leave_project),
            ("quit", self._quit),
            ("undo", self._undo),
            ("redo", self._redo),
            *((name, self._show_workspace) for name in WORKSPACES),
        ):
            actions[name].triggered.connect(slot)

    def _lay_out(self) -> None:
        self._pages.addWidget(self._welcome)
        self.setCentralWidget(Frame(self._notice, self._busy, self._pages))
        fill_menus(self, self._actions)
        bar_at_left = workspace_bar(self, self._actions)
        self.addToolBar(Qt.ToolBarArea.LeftToolBarArea, bar_at_left)
        self.statusBar().setSizeGripEnabled(False)
