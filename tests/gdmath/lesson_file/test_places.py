import pytest

from gdmath.lesson_file.toml_file import line_of

TEXT = """# a comment
title = "a [b] = c"

[data]
points = [
    [1, 2], # [model]
    [3, 4],
]
text = '''
steps = 5
'''
[model.deep]
"quoted key" = 1
a.b = 2
"""


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (["title"], 2),
        (["data"], 4),
        (["data", "points"], 5),
        (["data", "text"], 9),
        (["model"], 12),
        (["model", "deep"], 12),
        (["model", "deep", "quoted key"], 13),
        (["model", "deep", "a", "b"], 14),
        (["steps"], None),
        (["title", "further"], None),
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_the_line_on_which_a_value_begins(keys: list[str], line: int | None, ending: str) -> None:
    assert line_of(TEXT.replace("\n", ending), keys) == line
