"""Every chapter is replayed once, whatever number of tests look at it."""

from collections.abc import Callable
from functools import cache

import pytest

from scenes.outline import Entry
from tests.scenes.replay import Replay, replay


@pytest.fixture(scope="session")
def replayed() -> Callable[[Entry], Replay]:
    """Replay a chapter of the outline, or hand out what was seen of it already."""
    return cache(replay)
