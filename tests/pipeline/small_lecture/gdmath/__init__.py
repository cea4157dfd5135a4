"""As much of gdmath as the pipeline asks for."""

from pathlib import Path


class LessonError(ValueError):
    pass


class Lesson(str):
    title, author = "A small lecture", ""


def load_lesson(path: str | Path) -> Lesson:
    try:
        text = Path(path).read_text()
    except OSError:
        raise LessonError(f"{path}: the lesson cannot be read") from None
    if "wrong" in text:
        raise LessonError(f"{path}: the learning rate is wrong")
    return Lesson(text)


def prove_lesson(path: str | Path) -> Lesson:
    text = load_lesson(path)
    while "slow" in text:
        pass
    if "large" in text:
        bytearray(1 << 40)
    return text


def too_costly(path: str | Path, cost: str) -> LessonError:
    return LessonError(f"{path}: it takes {cost}")


def unmet_requirements(lesson: Lesson) -> dict[str, str]:
    return {"round": "the lesson is square"} if "square" in lesson else {}
