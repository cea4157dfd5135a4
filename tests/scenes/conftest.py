"""Every chapter is replayed once, whatever number of tests look at it."""

from collections.abc import Callable
from functools import cache

import pytest

from scenes.outline import Entry
from tests.scenes.replay import Replay, replay


@pytest.fixture(scope="session")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Entry], Replay]:
    """Replay a chapter of the outline, or hand out what was seen of it already."""
    media = tmp_path_factory.mktemp("media")
    return cache(lambda entry: replay(entry, media))
