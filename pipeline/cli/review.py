"""Make contact sheets: what stands on screen at the beginning, middle and end of every beat."""

import json
import shutil
import tempfile
from pathlib import Path

import typst

from pipeline.atomic import atomic
from pipeline.cache.record import Beat, Rendered
from pipeline.film.frames import pictures
from pipeline.playing_time import clock

MOMENTS = {"beginning": 0.15, "middle": 0.5, "end": 1.0}
BEATS_A_SHEET = 3
# Typst sets the sheet because its own fonts have every letter that a caption may hold.
SHEET = """
#let beats = json(bytes(sys.inputs.beats))
#set page(width: 1980pt, height: auto, margin: 15pt, fill: luma(12%))
#set text(font: "New Computer Modern", size: 24pt, fill: luma(90%), fallback: true)
#for beat in beats [
  #grid(columns: (640pt,) * 3, gutter: 15pt, ..beat.pictures.map(name => image(name, width: 640pt)))
  #block(above: 10pt, below: 30pt)[#text(fill: luma(60%), beat.heading) #h(10pt) #beat.sentence]
]
"""


def frame_number(beat: Beat, fraction: float, frame_rate: int, frames: int) -> int:
    """The frame on screen when ``fraction`` of ``beat`` has passed; at its end, its last one."""
    first = round(beat.start * frame_rate)
    last = max(first, round(beat.end * frame_rate) - 1)
    return min(first + round(fraction * (last - first)), frames - 1)


def write_frames(rendered: Rendered, folder: Path) -> list[list[Path]]:
    """Write the full-size frames of every beat into ``folder``; return their paths beat by beat."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    paths = []
    places: dict[int, list[Path]] = {}
    for number, beat in enumerate(rendered.beats, start=1):
        row = []
        for moment, (name, fraction) in enumerate(MOMENTS.items(), start=1):
            frame = frame_number(beat, fraction, rendered.frame_rate, rendered.frames)
            path = folder / f"beat{number:02}-{moment}-{name}.png"
            places.setdefault(frame, []).append(path)
            row.append(path)
        paths.append(row)
    for frame, picture in pictures(rendered.film, places):
        for path in places[frame]:
            picture.save(path)
    return paths


def write_sheets(rendered: Rendered, stem: Path) -> list[Path]:
    """Write the contact sheets of a chapter as ``stem``-1.png and so on; return their paths."""
    sheets = []
    stem.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=stem.parent) as folder:
        sheet = Path(folder) / "sheet.typ"
        sheet.write_text(SHEET, encoding="utf-8")
        rows = write_frames(rendered, Path(folder) / "frames")
        for old in stem.parent.glob(f"{stem.name}-*.png"):
            old.unlink()
        for first in range(0, len(rows), BEATS_A_SHEET):
            target = stem.with_name(f"{stem.name}-{1 + first // BEATS_A_SHEET}.png")
            numbers = range(first, min(first + BEATS_A_SHEET, len(rows)))
            beats = [_described(rendered, number, rows[number]) for number in numbers]
            with atomic(target) as aside:
                typst.compile(
                    sheet,
                    output=aside,
                    root=sheet.parent,
                    format="png",
                    ppi=72,
                    ignore_system_fonts=True,
                    sys_inputs={"beats": json.dumps(beats)},
                )
            sheets.append(target)
    return sheets


def _described(rendered: Rendered, number: int, row: list[Path]) -> dict[str, object]:
    beat = rendered.beats[number]
    return {
        "pictures": [f"/frames/{path.name}" for path in row],
        "heading": f"{number + 1} of {len(rendered.beats)} · {clock(beat.start)}–{clock(beat.end)}",
        "sentence": beat.sentence,
    }
