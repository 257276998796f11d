"""spaCy is imported in parts; and two threads that want it at the same time both get it whole."""

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


PARTS = """
import sys
from gadget_trainer.training.importing import import_spacy_in_parts, is_spacy_imported
assert not is_spacy_imported()
for part in import_spacy_in_parts():
    assert "spacy" not in sys.modules, "what is behind spaCy needs no part of it"
assert is_spacy_imported()
"""


def test_spacy_is_imported_in_parts_of_which_it_is_the_last():
    done = subprocess.run([sys.executable, "-c", PARTS], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_threads_that_import_spacy_at_once_do_not_meet_half_a_module():
    done = subprocess.run([sys.executable, "-c", TWO_THREADS], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
