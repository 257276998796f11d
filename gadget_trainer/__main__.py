"""``python -m gadget_trainer`` and the command ``gadget-trainer``."""

import sys


def main() -> int:
    """Run the command line; gives the exit status."""
    from gadget_trainer.cli import main as run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
