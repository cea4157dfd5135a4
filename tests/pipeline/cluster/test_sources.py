"""The sources that travel: all that a chapter is made of, found or unpacked again on arrival."""

import io
import tempfile
import zipfile
from pathlib import Path

import pytest

from pipeline.cache.fingerprint import lesson_files
from pipeline.cluster import remote
from pipeline.cluster.sources import pack
from pipeline.voice.chosen import takes_of


def test_a_lesson_from_outside_travels_with_its_points_its_language_and_its_takes(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    lesson = Path("../lessons/other.toml")
    lesson.parent.mkdir()
    lesson.write_text('language = "de"\n[data]\nfile = "../points/other.csv"\n')
    (project / "translations").mkdir()
    (project / "translations/de.po").write_text("")
    (tmp_path / "points").mkdir()
    (tmp_path / "points/other.csv").write_text("x,y\n")
    (tmp_path / "voice/ch07").mkdir(parents=True)
    (tmp_path / "voice/ch07/03.wav").write_bytes(b"a take")
    sources = pack(lesson, "../voice")
    assert sources.contents == pack(lesson.absolute(), str(tmp_path / "voice")).contents
    with zipfile.ZipFile(io.BytesIO(sources.contents)) as archive:
        archive.extractall(tmp_path / "there")
    root = tmp_path / "there" / sources.root
    assert takes_of(str(root / sources.voice), 7)[2].path.read_bytes() == b"a take"
    (points,) = lesson_files(root / sources.lesson)[1:]
    assert points.read_text() == "x,y\n"
    translation = "translations/de.po"
    for name in ["manim.cfg", "scenes/kit/chapter.py", "pipeline/cluster/__main__.py", translation]:
        assert (root / name).is_file()
    assert not [*root.rglob("__pycache__")]


def test_sources_swept_from_a_temporary_folder_are_unpacked_again(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (project / "scenes/echo.py").write_text(
        "import sys, pathlib; folder = pathlib.Path(sys.argv[1])\n"
        "order = (folder / 'order').read_text(); print('heard')\n"
        "(folder / 'answer').write_text(order.upper())\n"
    )
    sources = pack(Path("lesson.toml"))
    for _ in range(2):
        left = remote.run(sources.contents, sources.root, "scenes.echo", b"order", {})
        with zipfile.ZipFile(io.BytesIO(left)) as archive:
            contents = {name: archive.read(name) for name in archive.namelist()}
        assert contents == {"answer": b"ORDER", "said": b"heard\n"}
        (echo,) = tmp_path.glob("gradient-descent-lecture-*/*/scenes/echo.py")
        echo.unlink()
