"""Runs a command while no other set-up of this checkout is running.

The lock is on the folder itself, so no file can be left behind, and it is held by every process
that inherits file descriptor 9: it ends with the last of them, however they end.
"""

import fcntl
import os
import sys

LOCK = 9

os.dup2(os.open("environment", os.O_RDONLY), LOCK, inheritable=True)
try:
    fcntl.flock(LOCK, fcntl.LOCK_EX | fcntl.LOCK_NB)
except BlockingIOError:
    print("set-up: another make is setting up; waiting for it", file=sys.stderr, flush=True)
    fcntl.flock(LOCK, fcntl.LOCK_EX)
os.execvp(sys.argv[1], sys.argv[1:])
