"""Define the errors that are told in one line: a mistake of the user, or of the disk."""

import errno
import os
from pathlib import Path

FULL_OR_LOCKED = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS}


class UserError(ValueError):
    """What was asked for cannot be done; the message is the one line to tell."""


class DiskError(RuntimeError):
    """A folder cannot be written to; the message is the one line to tell."""


def disk_trouble(error: BaseException | None, folder: Path) -> str:
    """Why nothing can be written below ``folder``, if ``error`` comes of that; else empty."""
    while error is not None:
        if isinstance(error, OSError) and error.errno is not None:
            named = Path(str(error.filename or "")).absolute()
            if error.errno in FULL_OR_LOCKED or (
                error.errno in {errno.EACCES, errno.EPERM, errno.ENOTDIR, errno.EEXIST}
                and named.is_relative_to(folder.absolute())
            ):
                return os.strerror(error.errno)
        error = error.__cause__ or error.__context__
    return ""
