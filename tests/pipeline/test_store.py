"""Segments come out of the store as they were put in, or not at all."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pipeline.cache.store import Segment, Store
from pipeline.cache.storyboard import Place

PIECE = Segment("a sentence η", 0, 3, 4, '{"time": 0.2}\n')
ADDRESS = "ab" + 30 * "0"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store with one segment in it."""
    store = Store(tmp_path / "segments")
    put(store, ADDRESS, b"pictures")
    return store


def put(store: Store, key: str, contents: bytes) -> None:
    film = store.folder.with_name("take.mp4")
    film.write_bytes(contents)
    store.put(key, PIECE, film)


def test_a_piece_is_found_again_with_its_film(store: Store) -> None:
    assert store.get(ADDRESS, verify=True) == PIECE
    assert store.film(ADDRESS).read_bytes() == b"pictures"
    assert store.get("cd" + ADDRESS[2:]) is None


@pytest.mark.parametrize("contents", [b"picture", b"", None])
def test_a_film_of_another_size_is_missing_and_stays_so(
    store: Store, contents: bytes | None
) -> None:
    if contents is None:
        store.film(ADDRESS).unlink()
    else:
        store.film(ADDRESS).write_bytes(contents)
    assert store.get(ADDRESS) is None
    put(store, ADDRESS, b"pictures")
    assert store.get(ADDRESS, verify=True) == PIECE


def test_other_contents_of_the_same_size_are_found_out(store: Store) -> None:
    store.film(ADDRESS).write_bytes(b"Pictures")
    assert store.get(ADDRESS, verify=True) is None
    assert store.get(ADDRESS) is None


@pytest.mark.parametrize("facts", ["", "[]", '{"sentence": "a"}', '{"size": 8', "\x00"])
def test_a_piece_whose_facts_cannot_be_read_is_missing(store: Store, facts: str) -> None:
    store.film(ADDRESS).with_suffix(".json").write_text(facts)
    assert store.get(ADDRESS) is None


def test_an_order_is_found_again(store: Store) -> None:
    places = (Place(0), Place(2, "Scene.beat#1"))
    store.put_order(ADDRESS, places)
    assert store.order(ADDRESS) == places
    assert store.order("cd" + ADDRESS[2:]) is None


def test_room_is_made_from_what_was_used_longest_ago(store: Store) -> None:
    keys = [f"{number:032x}" for number in range(1, 5)]
    for age, key in enumerate(keys):
        put(store, key, 10_000 * b"x")
        for path in (store.film(key), store.film(key).with_suffix(".json")):
            os.utime(path, (1e9 - age, 1e9 - age))
    # what another render takes away between two looks
    (store.folder / "ab" / "gone.mp4").symlink_to("nowhere")
    store.prune({ADDRESS, keys[3]}, room=25_000)
    kept = [key for key in keys if store.get(key)]
    # two of the three that nothing uses fit, with what is known of them
    assert kept == [keys[0], keys[1], keys[3]]
    assert store.get(ADDRESS) == PIECE


def test_shares_of_one_chapter_may_tell_its_order_at_once(store: Store) -> None:
    places = tuple(Place(number) for number in range(20))
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: store.put_order(ADDRESS, places), range(100)))
    assert store.order(ADDRESS) == places
