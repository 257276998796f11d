"""What is labelled and what is not, in Markdown, for whoever annotates: a setting that the journal changes."""

from sqlalchemy import select

from gadget_trainer.corpus.journal import Journal
from gadget_trainer.corpus.outcomes import Outcome
from gadget_trainer.corpus.row_changes import setting_change
from gadget_trainer.corpus.schema import GUIDELINES, project
from gadget_trainer.corpus.sound_text import check_sound
from gadget_trainer.corpus.store import Store


class Guidelines:
    """Reads and edits them."""

    def __init__(self, store: Store, journal: Journal) -> None:
        self._store = store
        self._journal = journal

    def text(self) -> str:
        """The Markdown; empty where nobody wrote any."""
        with self._store.reading() as connection:
            return connection.scalar(select(project.c.value).where(project.c.key == GUIDELINES)) or ""

    def write(self, markdown: str) -> Outcome | None:
        """Let them be this; None where they are so already. Raises UserError where it cannot be kept."""
        check_sound("The guidelines", markdown)
        before = self.text()
        if markdown == before:
            return None
        change = setting_change(GUIDELINES, before or None, markdown or None)
        return self._journal.record("Changed the guidelines", [change], None)
