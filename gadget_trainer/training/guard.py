"""What a long run changes in the process, and puts back.

All of it was measured (training-facts, "A thread is enough"): cyclic garbage collection in the training thread
destroys the window's objects in the wrong thread, which ended in segmentation faults; Thinc keeps its operations in
a context variable that a new thread does not inherit.
"""

import gc
import random
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import numpy as np
from thinc.api import use_ops
from thinc.compat import has_cupy_gpu
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # it has no types

from gadget_trainer.errors import UserError


@contextmanager
def guarded(*, gpu: bool = False, numpy_blas: bool = False) -> Iterator[None]:
    """Let a thread train beside a window. Enter and leave it in the thread that trains.

    Collects no cyclic garbage while it lasts: a window has to do that in its own thread. The processor is used,
    as ``spacy train`` does by itself, or with ``gpu`` the graphics processor; raises UserError where there is none.
    With ``numpy_blas``, numpy multiplies matrices instead of Thinc's BLIS, in one thread: with as many threads as
    cores it took five times the processor's time for small batches.
    The process's random numbers continue afterwards as if there was no run.
    """
    if gpu and not has_cupy_gpu:
        raise UserError(
            "There is no graphics processor that CuPy can use here. Switch “Train on the graphics processor” off."
        )
    thresholds = gc.get_threshold()
    draws, numpy_draws = random.getstate(), np.random.get_state()
    # gc.disable() does not last: srsly, with which spaCy reads every file, calls gc.enable() when it is done.
    gc.set_threshold(0)
    try:
        with ExitStack() as stack:
            if numpy_blas and not gpu:
                stack.enter_context(threadpool_limits(1, user_api="blas"))
                stack.enter_context(use_ops("numpy", use_blis=False))
            else:
                stack.enter_context(use_ops("cupy" if gpu else "cpu"))
            yield
    finally:
        random.setstate(draws)
        np.random.set_state(numpy_draws)
        if thresholds[0]:  # else it was off before, and whoever did that gives it back
            gc.set_threshold(*thresholds)
