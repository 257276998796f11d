"""A language whose tokenizer needs a package that is not there: what works without can be chosen at once."""

from functools import partial

from PySide6.QtCore import QObject, Slot

from gadget_trainer.training.languages import instead_of, language_name
from gadget_trainer.ui.notice import NoticeBar
from gadget_trainer.ui.session import Session
from gadget_trainer.ui.train.page import TrainPage


class LanguageOffer(QObject):
    """Says why texts are not cut into tokens, with a button for each language that helps."""

    def __init__(self, session: Session, train: TrainPage, notice: NoticeBar, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._train = train
        self._notice = notice
        self._offered = ""
        train.tokenizer_changed.connect(self._withdraw)

    @Slot(str)
    def complain(self, sentence: str) -> None:
        """The tokenizer does not load, and this is why."""
        settings = self._train.form.settings()
        instead = () if settings.base or settings.config else instead_of(settings.language)
        if not instead:
            self._notice.complain(sentence)
            return
        self._offered = sentence
        names = {code: f"Choose “{language_name(code)}”".replace(" ", "_") for code in instead}
        self._notice.offer(sentence, **{name: partial(self._choose, code) for code, name in names.items()})

    @Slot()
    def _withdraw(self) -> None:
        """Another language was chosen."""
        if self._offered and self._notice.text() == self._offered:
            self._notice.dismiss()

    def _choose(self, code: str) -> None:
        self._train.use_language(code)
        self._session.told.emit(f"The language of this project is “{language_name(code)}” now.")
