"""What moves is placed as Manim would place it, and only when something has changed."""

import numpy as np
from manim import RIGHT, UP, Dot, Star

from scenes.kit.updaters import follow, put


def test_it_is_placed_at_once_and_again_only_when_the_state_changes():
    state, placed = [0.0], []
    dot = follow(Dot(), lambda: state[0], lambda dot: placed.append(dot.shift(RIGHT)))
    dot.update()
    assert placed == [dot]
    state[0] = 0.5
    dot.update().update()
    assert placed == [dot, dot]
    assert np.array_equal(dot.get_center(), 2 * RIGHT)


def test_a_copy_is_placed_by_itself():
    state = [0.0]
    dot = follow(Dot(), lambda: state[0], lambda dot: put(dot, state[0] * UP))
    twin = dot.copy()
    state[0] = 1.0
    twin.update()
    assert np.allclose(twin.get_center(), UP)
    assert np.allclose(dot.get_center(), 0 * UP)


def test_a_mobject_is_put_where_move_to_would_move_it():
    for shape in (Dot(), Star().rotate(0.3)):
        place = np.array([1 / 3, -2.7, 0.0])
        expected = shape.copy().move_to(place)
        put(shape, place)
        assert np.array_equal(shape.points, expected.points)
