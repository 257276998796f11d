"""Two threads that want spaCy at the same time both get it whole."""

import subprocess
import sys

TWO_THREADS = """
import importlib, sys, threading
from gadget_trainer.training.importing import import_spacy
faults = []

def want(module):
    try:
        import_spacy()
        importlib.import_module(module)
    except BaseException as error:
        faults.append(error)

sys.setswitchinterval(0.00005)
modules = ("spacy.util", "gadget_trainer.training.tokens", "gadget_trainer.training.run")
threads = [threading.Thread(target=want, args=(one,)) for one in modules]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
sys.exit(repr(faults) if faults else 0)
"""


def test_threads_that_import_spacy_at_once_do_not_meet_half_a_module():
    done = subprocess.run([sys.executable, "-c", TWO_THREADS], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
