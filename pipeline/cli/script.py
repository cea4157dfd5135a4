"""Write the script of the lecture, to be read aloud: each sentence by chapter and beat."""

from collections.abc import Sequence
from pathlib import Path

from pipeline.atomic import atomic
from pipeline.cache.plan import BUILD, Task
from pipeline.cache.record import Rendered
from pipeline.playing_time import clock

SCRIPT = BUILD / "script.md"


def write_script(chapters: Sequence[tuple[Task, Rendered]]) -> Path:
    """Write what is said in ``chapters``: each sentence, the name of its take and its seconds."""
    lines = [
        "# Script",
        "",
        "A take is a wav, flac or mp3 file of the name given, in a folder of your own:",
        "`make render VOICE=voice/` uses `voice/ch07/03.wav` for `ch07/03`.",
    ]
    for task, rendered in chapters:
        heading = f"{task.entry.shown_number} {task.entry.title}"
        lines += ["", f"## {heading} ({clock(rendered.seconds)})", ""]
        lines += [
            f"- `{task.name}/{number:02d}` ({beat.end - beat.start:.1f} s) {beat.sentence}"
            for number, beat in enumerate(rendered.beats, start=1)
            if beat.sentence
        ]
    with atomic(SCRIPT) as aside:
        aside.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return SCRIPT
