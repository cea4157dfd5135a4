"""Whether a catalogue could have all that a chapter said."""

from collections.abc import Iterable

from pipeline.language.sayings import sayings
from pipeline.language.template import walk
from pipeline.language.translation import Translation
from scenes.kit.wording.beats import Beat
from scenes.outline import Entry
from tests.conftest import ROOT


def untold(entry: Entry, beats: Iterable[Beat]) -> list[str]:
    """What was said and does not come back from a translation that says all as it stands."""
    templates = [
        template
        for saying in sayings(entry.module, entry.scene, ROOT)
        for template in saying.templates
    ]
    itself = Translation({(about, t.message): t.message for about, t, _ in walk(templates)})
    sentences = [beat.sentence for beat in beats if beat.sentence]
    return [said for said in sentences if itself.translate(said, templates) != said]
