from pathlib import Path

import pytest

from pipeline.atomic import atomic


def test_a_file_appears_when_it_is_finished(tmp_path: Path) -> None:
    target = tmp_path / "new" / "film.mp4"
    with atomic(target) as aside:
        aside.write_text("new")
        assert not target.exists()
        assert aside.suffix == ".mp4"  # libav tells the format by it
    assert target.read_text() == "new"
    assert list(target.parent.iterdir()) == [target]


def test_a_failure_leaves_the_file_that_was_there_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "film.mp4"
    target.write_text("old")
    with pytest.raises(ZeroDivisionError), atomic(target) as aside:
        aside.write_text("half") / 0
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]
