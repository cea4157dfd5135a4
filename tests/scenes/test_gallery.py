"""The page that shows the kit in pictures is what its examples say and draw."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from docs.kit.__main__ import PAGE, PICTURES, examples, page, picture
from docs.kit.examples import Examples
from scenes.kit.proof.evidence import parts, values
from scenes.kit.proof.provenance import Told
from tests.scenes.proof import misplaced, misquoted

EXAMPLES = dict(examples())
ALIKE = 4.0
"""Mean difference, of 255, below which two pictures show the same: those shown have few tones."""

each = pytest.mark.parametrize("name", EXAMPLES)


@each
def test_an_example_draws_what_is_computed(name: str) -> None:
    chapter = Examples()
    chapter.add(EXAMPLES[name](chapter))
    chapter.update_mobjects(0)
    claims = [claim for part in parts(chapter.mobjects) for claim in part.claims]
    for claim in claims:
        drawn, computed = values(claim)
        wrong = (
            misquoted(str(drawn), computed)
            if isinstance(computed, Told)
            else misplaced(np.asarray(drawn, dtype=float), computed, claim.reach)
        )
        assert not wrong, f"{claim.quantity}: {wrong}"


@each
def test_its_picture_is_on_the_page(root: Path, name: str) -> None:
    drawn = np.asarray(picture(EXAMPLES[name]), dtype=float)
    shown = np.asarray(Image.open(root / PICTURES / f"{name}.png").convert("RGB"), dtype=float)
    assert shown.shape == drawn.shape, "make gallery draws it anew"
    assert np.abs(shown - drawn).mean() < ALIKE, "make gallery draws it anew"


def test_the_page_shows_every_example_as_it_is(root: Path) -> None:
    assert (root / PAGE).read_text(encoding="utf-8") == page(), "make gallery writes it anew"
