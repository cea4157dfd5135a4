"""As much of gdmath as the pipeline asks for."""

from pathlib import Path


class LessonError(ValueError):
    pass


def load_lesson(path: str | Path) -> str:
    try:
        text = Path(path).read_text()
    except OSError:
        raise LessonError(f"{path}: the lesson cannot be read") from None
    if "wrong" in text:
        raise LessonError(f"{path}: the learning rate is wrong")
    return text


def prove_lesson(path: str | Path) -> str:
    text = load_lesson(path)
    while "slow" in text:
        pass
    return text


def too_slow(path: str | Path, seconds: float) -> LessonError:
    return LessonError(f"{path}: it takes longer than {seconds:g} s")


def missing_traits(lesson: str) -> dict[str, str]:
    return {"round": "the lesson is square"} if "square" in lesson else {}
