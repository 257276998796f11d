"""Round numbers for an axis that starts at 0."""

import math


def ticks(highest: float, at_most: int = 5) -> list[float]:
    """From 0 in equal, round steps (1, 2 or 5 times a power of ten) to at least ``highest``."""
    if not math.isfinite(highest) or highest <= 0:
        return [0.0, 1.0]
    power = 10.0 ** math.floor(math.log10(highest / at_most))
    step = next(power * times for times in (1, 2, 5, 10) if highest / (power * times) <= at_most)
    return [step * place for place in range(math.ceil(highest / step - 1e-9) + 1)]
