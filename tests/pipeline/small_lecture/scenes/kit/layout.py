"""Stands in for the check of the layout: finds a fault in chapter 4."""

import argparse
import sys
from pathlib import Path

parser = argparse.ArgumentParser()
parser.add_argument("--folder", type=Path)
parser.add_argument("chapters", nargs="*", type=int)
options = parser.parse_args()
if options.chapters == [4]:
    sys.stdout.write(f"a dot is out of place in {options.folder}\n")
    sys.exit(1)
