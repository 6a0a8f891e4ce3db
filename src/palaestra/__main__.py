"""Lets `python -m palaestra` do what the command `palaestra` does."""

import sys

from palaestra.cli import main

if __name__ == "__main__":
    sys.exit(main())
