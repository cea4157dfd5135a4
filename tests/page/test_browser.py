"""The page in a real browser: it plays, follows, is dragged, and asks nobody for anything."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gdmath import Lesson, NumericLoss, descend
from page.site import write_page
from pipeline.cache.record import read_record
from scenes.outline import LECTURE
from tests.conftest import ROOT, installed_for_ci

pytestmark = pytest.mark.slow
PAGE = ROOT / "page"
SWITCHES = (
    "--headless=new",
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1400,1000",
    "--autoplay-policy=no-user-gesture-required",
)


@pytest.fixture(scope="module")
def page(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a lecture of one chapter."""
    copy = tmp_path_factory.mktemp("page")
    for name in ("scenes", "gdmath", "data", "lesson.toml", "manim.cfg", "requirements.lock"):
        source = root / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, copy / name)
    preview = [sys.executable, "-m", "pipeline", "preview", "--chapter", "0"]
    subprocess.run(preview, cwd=copy, env={**os.environ, "PYTHONPATH": str(root)}, check=True)
    film = copy / "build/draft" / f"{LECTURE[0].slug}.mp4"
    rendered = read_record(film)
    assert rendered is not None
    return write_page(copy / "page", copy / "lesson.toml", film, [(LECTURE[0], rendered)])


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    if not (shutil.which("chromium") and shutil.which("chromedriver")):
        pytest.skip("there is no Chromium with its driver to open the page in")
    webdriver = installed_for_ci("selenium.webdriver")
    service = installed_for_ci("selenium.webdriver.chrome.service")
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    for switch in SWITCHES:
        options.add_argument(switch)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(
        options=options, service=service.Service(shutil.which("chromedriver"))
    )
    yield driver
    driver.quit()


@pytest.fixture
def browser(chromium: Any, page: Path) -> Any:
    chromium.get("about:blank")
    chromium.get_log("browser")
    chromium.get_log("performance")
    chromium.get(page.as_uri())
    return chromium


def until(browser: Any, condition: str) -> None:
    """Wait until ``condition``, in JavaScript, holds."""
    for _ in range(100):
        if browser.execute_script(f"return Boolean({condition})"):
            return
        time.sleep(0.1)
    raise AssertionError(f"never: {condition}")


def press(browser: Any, element: str, *keys: str) -> None:
    target = browser.find_element("css selector", element)
    for key in keys:
        target.send_keys(key)


def test_it_opens_from_a_file_without_an_error_or_a_request_outside(browser: Any) -> None:
    until(browser, "descents.length")
    assert [line for line in browser.get_log("browser") if line["level"] == "SEVERE"] == []
    told = [json.loads(line["message"])["message"] for line in browser.get_log("performance")]
    asked = [
        message["params"]["request"]["url"]
        for message in told
        if message["method"] == "Network.requestWillBeSent"
    ]
    assert len(asked) > len(list((PAGE / "static").glob("*.js")))
    assert {url.partition(":")[0] for url in asked} <= {"file", "data"}


def test_the_film_plays_with_captions_and_the_transcript_follows(browser: Any) -> None:
    until(browser, "film.readyState >= 1")
    sentences = browser.find_elements("css selector", ".said")
    assert browser.execute_script("return film.textTracks[0].cues.length") >= len(sentences) > 5
    said = sentences[3]
    browser.execute_script("arguments[0].click()", said)
    until(browser, "document.querySelectorAll('.said')[3].ariaCurrent === 'true'")
    start = float(said.get_attribute("data-start"))
    assert browser.execute_script("return film.currentTime") == pytest.approx(start, abs=0.1)
    browser.execute_script("film.play()")
    until(browser, f"film.currentTime > {start + 0.3}")
    browser.execute_script("film.pause()")


def test_a_presenter_stops_at_the_end_of_each_sentence(browser: Any) -> None:
    until(browser, "film.readyState >= 1")
    press(browser, "body", "p")
    browser.execute_script("go(2); film.playbackRate = 4")
    until(browser, "!film.paused")
    until(browser, "film.paused")
    end = browser.execute_script("return times[2].end")
    assert browser.execute_script("return film.currentTime") == pytest.approx(end, abs=0.3)
    press(browser, "body", "p")


def test_dragging_the_start_gives_the_descent_that_is_computed_here(
    browser: Any, loss: NumericLoss, notebook: Lesson
) -> None:
    until(browser, "descents.length")
    actions = installed_for_ci("selenium.webdriver").ActionChains(browser)
    browser.execute_script("byId('map').scrollIntoView({ block: 'center', behavior: 'instant' })")
    map_ = browser.find_element("css selector", "#map .overlay")
    actions.move_to_element(map_).click_and_hold().move_by_offset(60, -40).release().perform()
    until(browser, "!due && location.hash.includes('start=')")
    start, places = browser.execute_script("return [state.runs[0].start, descents[0].places]")
    assert start != notebook.start.tolist()
    here = descend(loss, notebook.rule, start, notebook.steps)
    assert np.allclose(places, here.parameters, rtol=1e-9, atol=1e-9)


def test_it_can_be_used_by_the_keyboard_alone(browser: Any) -> None:
    until(browser, "descents.length")
    first = browser.execute_script("return state.runs[0].start[0]")
    press(browser, "#map", "\ue014")
    until(browser, f"state.runs[0].start[0] > {first}")
    yaw = browser.execute_script("return bowl.yaw")
    press(browser, "#bowl", "\ue012")
    assert browser.execute_script("return bowl.yaw") < yaw
    browser.execute_script("byId('back').focus()")
    press(browser, "#back", "\ue007")
    assert browser.execute_script("return head") == 0


def test_a_phone_scrolls_in_one_direction_only(browser: Any) -> None:
    browser.set_window_size(500, 900)
    until(browser, "innerWidth <= 500")
    until(browser, "document.documentElement.scrollWidth <= innerWidth")
    browser.set_window_size(1400, 1000)


def test_an_address_brings_its_runs(browser: Any) -> None:
    browser.execute_script(
        "location.hash = 'steps=40&rate=0.1&rate=0.4&rule=momentum&momentum=0.5'"
    )
    until(browser, "state.runs.length === 2 && descents.length === 2")
    assert browser.execute_script("return descents[1].places.length") == 41
