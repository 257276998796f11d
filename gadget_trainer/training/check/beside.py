"""What a run from a base reads beside the annotated texts: what is mixed in, and on what it is scored what it knew."""

from dataclasses import dataclass

from gadget_trainer.training.settings import TrainingSettings
from gadget_trainer.training.sources import texts_of_file, words_in


@dataclass(frozen=True, slots=True)
class Beside:
    """About how many words."""

    mixed: int = 0
    """That are learned from in an iteration, at most: texts in which the base finds nothing are not."""
    noted: int = 0
    """On which it is scored after an iteration what the base knew."""
    offered: int = 0
    """Without annotations, to be mixed in where the base finds something in them."""


def beside(settings: TrainingSettings, learned: int, held_out: int, unlabelled: int, *, knows: bool) -> Beside:
    """What a run reads beside ``learned`` and ``held_out`` words, with ``unlabelled`` code points in the project.

    ``knows`` says if the base knows labels. Raises UserError when the file to mix in can't be read.
    """
    if not (settings.base and learned):
        return Beside()
    # They import spaCy, which is loaded by the time that words were counted.
    from gadget_trainer.training.keeping import MOST_WORDS  # noqa: PLC0415
    from gadget_trainer.training.mixing import unlabelled_words  # noqa: PLC0415

    amount = unlabelled_words(learned, settings.mix_in_amount) if _mixes_in(settings) else 0
    # Of texts without annotations, as many as of others are held out.
    enough = max(amount, MOST_WORDS) / min(1 - settings.held_out, max(settings.held_out, 0.01))
    there = words_in(unlabelled) + _words_of_file(settings, round(enough))
    offered = round(there * (1 - settings.held_out)) if amount else 0
    noted = min(MOST_WORDS, held_out + round(there * settings.held_out)) if knows else 0
    return Beside(min(amount, offered), noted, offered)


def _mixes_in(settings: TrainingSettings) -> bool:
    """Whether texts without annotations are learned from; where the base's recogniser stays as it is, hardly any."""
    return settings.mix_in and not settings.second_recogniser


def _words_of_file(settings: TrainingSettings, enough: int) -> int:
    """About how many words the file has whose texts are mixed in; not counted further than to ``enough``."""
    if not (_mixes_in(settings) and settings.mix_in_file):
        return 0
    words = 0
    for text in texts_of_file(settings.mix_in_file):
        words += words_in(len(text))
        if words >= enough:
            break
    return words
