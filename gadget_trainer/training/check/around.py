"""What a run does before its first iteration and after its last: measured on a slice, for all the texts."""

from dataclasses import dataclass

from gadget_trainer.training.check.size import Size
from gadget_trainer.training.check.stage_times import StageTimes
from gadget_trainer.training.run_stages import MOST_TRIED, Stage

_PASSES = {"tok2vec": 1, "ner": 2, "textcat": 3, "textcat_multilabel": 2}
"""How often spaCy goes through the training file to make a new component of that kind; a test counts it."""


def passes(config_text: str) -> int:
    """How often spaCy goes through the training file to make the model that a run's config describes.

    Components that come from a base are there already. Of kinds that are not known, each goes through it once.
    """
    factories = (line.split('"')[1] for line in config_text.splitlines() if line.startswith('factory = "'))
    return sum(_PASSES.get(factory, 1) for factory in factories)


@dataclass(frozen=True, slots=True)
class Slice:
    """What was read by the run that was timed: words, but for the texts that it was tried on."""

    learned: int
    held_out: int
    mixed: int = 0
    offered: int = 0
    """Texts without annotations, to be mixed in where the base finds something in them."""
    noted: int = 0
    """Those on which it is noted what the base knows."""
    tried: int = 0


@dataclass(frozen=True, slots=True)
class Around:
    """Seconds, and seconds a word of what takes the longer the more there is of it."""

    starting: float = 0.0
    """Whatever the texts are: the tokenizer, the base, the model."""
    preparing: float = 0.0
    """Of annotated words: tokens, and what a base says of them."""
    mixing: float = 0.0
    """Of words without annotations that a base looks at."""
    mixed: float = 1.0
    """The share of these that is mixed in."""
    noting: float = 0.0
    packing: float = 0.0
    """Of words that are written into the files to train from."""
    reading: float = 0.0
    """Of words that are read from there."""
    passes: int = 0
    """How often those to learn from are read to make the model, before they become examples."""
    saving: float = 0.0
    """Whatever the texts are: writing the pipeline, and loading it again."""
    trying: float = 0.0
    """A text."""

    @classmethod
    def of(cls, before: StageTimes, after: StageTimes, read: Slice, passes: int) -> "Around":
        """What follows from the times of the stages ``before`` the iterations and ``after`` them."""
        annotated = read.learned + read.held_out
        learned = read.learned + read.mixed
        reading = before.of(Stage.EXAMPLES) / max(learned + read.held_out, 1)
        grows = (Stage.NOTING, Stage.TEXTS, Stage.MIXING, Stage.FILES, Stage.EXAMPLES)
        with_passes = before.named() - sum(before.of(stage) for stage in grows)
        return cls(
            # Making the model is one long step, of which the reading grows with the texts, and the rest does not.
            starting=with_passes - min(before.of(Stage.MODEL), passes * reading * learned),
            preparing=before.of(Stage.TEXTS) / max(annotated, 1),
            mixing=before.of(Stage.MIXING) / max(read.offered, 1),
            mixed=min(read.mixed / read.offered, 1.0) if read.offered else 1.0,
            noting=before.of(Stage.NOTING) / max(read.noted, 1),
            packing=before.of(Stage.FILES) / max(learned + read.held_out, 1),
            reading=reading,
            passes=passes,
            saving=after.total() - after.of(Stage.TRYING),
            trying=after.of(Stage.TRYING) / max(read.tried, 1),
        )

    def before(self, size: Size) -> float:
        """The seconds until the first iteration of a run over so much, without going through the project's texts."""
        mixed, offered = size.beside.mixed, size.beside.offered
        looked_at = min(offered, mixed / self.mixed) if self.mixed else offered
        learned = size.words + mixed
        return (
            self.starting
            + self.preparing * (size.words + size.held_out_words)
            + self.mixing * looked_at
            + self.noting * size.beside.noted
            + self.packing * (learned + size.held_out_words)
            + self.reading * ((1 + self.passes) * learned + size.held_out_words)
        )

    def after(self, size: Size) -> float:
        """The seconds from its last iteration until its pipeline is in its folder, loaded again and tried."""
        return self.saving + self.trying * min(size.held_out or size.learned, MOST_TRIED)
