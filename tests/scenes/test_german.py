"""A German lecture: every caption is German, and each of its numbers still vouched for."""

from importlib import import_module

import pytest

from pipeline.language.catalogue import gather, read
from scenes.kit.proof.dry_run import rehearse
from scenes.outline import LECTURE, Entry
from tests.conftest import ROOT
from tests.scenes.proof import Proof
from tests.scenes.replay import seldom

CATALOGUE = ROOT / "translations/de.po"
QUICK = "It looks done"
"""What the default run rehearses."""

GERMAN = {
    str(message.id): str(message.string)
    for message in read(CATALOGUE)
    if message.id and message.string and not message.fuzzy
}


SPEAKERS = {
    str(message.id): {source.split("/")[1].removesuffix(".py") for source, _ in message.locations}
    for message in gather(ROOT)
    if message.id
}
"""By which chapters each message is said, or by the kit."""

GERMAN_SPEAKERS = {name for message in GERMAN for name in SPEAKERS.get(message, ())} - {"outline"}
"""A new chapter's claim may wait: the last chapter alone says it, and is rehearsed below."""


def test_a_chapter_that_is_translated_is_translated_to_the_last_message() -> None:
    missing = [text for text in SPEAKERS if text not in GERMAN and SPEAKERS[text] & GERMAN_SPEAKERS]
    assert missing == [], "make sentences TO=de shows what is new"
    assert GERMAN.keys() - SPEAKERS == set()


@pytest.mark.parametrize(
    "entry",
    [
        pytest.param(entry, marks=() if entry.title == QUICK else pytest.mark.slow)
        for entry in LECTURE
        if entry.module.split(".")[1] in GERMAN_SPEAKERS
    ],
    ids=lambda entry: entry.slug,
)
def test_a_chapter_is_told_in_german(entry: Entry) -> None:
    missing: list[str] = []

    def translate(template: str) -> str | None:
        if template not in GERMAN:
            missing.append(template)
        return GERMAN.get(template)

    chapter = getattr(import_module(entry.module), entry.scene)
    german = {"translate": staticmethod(translate), "__module__": chapter.__module__}
    proof = Proof()
    told = rehearse(type(chapter.__name__, (chapter,), german), seldom(proof.look))
    assert missing == []
    assert proof.wrong == []
    assert not {beat.sentence for beat in told.beats if beat.sentence} & set(GERMAN)
