"""Define what a lesson file may hold: its tables, their keys, and the bounds of every value.

Pydantic checks files by these classes and writes from them the JSON Schema that editors complete
by. Whether a formula can be read, or a descent settles, no schema can say: see `load_lesson`.
"""

import json
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import PydanticCustomError

from gdmath.lesson import MOST_POINTS, MOST_STEPS
from gdmath.lesson_file.expressions import LONGEST_FORMULA

LONGEST_PATH = 4096
"""Most characters of the path of a data file, as in Linux."""

MOST_INLINE = 500
"""Points written out in the lesson file; more belong in a CSV file."""

LETTERED = (
    r"^[ -~\u00a0-\u04ff\u1e00-\u1fff\u2009-\u200a\u2010-\u2027\u202f-\u205e"
    r"\u2070-\u209c\u20a0-\u20bf\u2100-\u214f\u2190-\u23ff]*$"
)
"""Pattern of texts for which the lecture's typefaces have letters; others would be empty boxes."""

WORD = "^[A-Za-z][A-Za-z0-9_]*$"
UNBROKEN = r"^[^\u0000-\u001f\u007f]*$"
MARK = "^[!-~]*$"
TAG = "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
"""Pattern of tags for languages (BCP 47), as far as they are used."""

PATTERNS = {
    LETTERED: "text of Latin, Greek and Cyrillic letters and signs, on one line",
    WORD: "a plain word such as a or slope",
    UNBROKEN: "the name of a file, on one line",
    MARK: "a mark such as # or //",
    TAG: "a language's tag such as de or pt-BR",
}


SHAPELESS = "Cn", "Cf"
"""Unicode's categories of signs without a shape, such as the soft hyphen, and of no sign at all."""

GRAPHEME_JOINER = "\u034f"
"""The one mark of `LETTERED` that is never drawn."""


def _to_be_seen(text: str) -> str:
    """``text``, unless it has signs without a shape, or nothing but blanks."""
    hidden = any(unicodedata.category(sign) in SHAPELESS for sign in text)
    if hidden or GRAPHEME_JOINER in text or (text and not text.strip()):
        raise PydanticCustomError("blank", "text that can be seen")
    return text


Visible = AfterValidator(_to_be_seen)
Title = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=LETTERED), Visible]
Author = Annotated[str, StringConstraints(max_length=60, pattern=LETTERED), Visible]
Label = Annotated[str, StringConstraints(max_length=40, pattern=LETTERED), Visible]
FilePath = Annotated[
    str, StringConstraints(min_length=1, max_length=LONGEST_PATH, pattern=UNBROKEN)
]
Formula = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_FORMULA)]
Name = Annotated[str, StringConstraints(max_length=12, pattern=WORD)]
Language = Annotated[str, StringConstraints(max_length=35, pattern=TAG)]
Pair = Annotated[list[float], Field(min_length=2, max_length=2)]
Column = Annotated[int, Field(ge=1)] | Annotated[str, StringConstraints(min_length=1)]
Comment = Annotated[str, StringConstraints(max_length=8, pattern=MARK)]
Fraction = Annotated[float, Field(ge=0, lt=1)]


CONSTANTS: Mapping[str, tuple[str, ...]] = {
    "momentum": ("momentum", "nesterov"),
    "decay": ("rmsprop",),
    "first_decay": ("adam",),
    "second_decay": ("adam",),
}
"""The constants of update rules, each with the rules that have it."""

SOURCES = ("file", "points", "recipe")
"""Keys of `data` that say where points come from; there must be one."""

COLUMNS = ("x", "y", "header", "separator", "decimal", "comment", "missing")
"""Keys of `data` that describe the columns of a file, and how it writes them."""


class Table(BaseModel):
    """A table of the file: no key but those stated, and no value bent into another type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


class Recipe(Table):
    """Points made up by a seeded generator, the same ones every time."""

    formula: Formula | None = Field(
        None, description="y by x, such as 3*x + 4; if left out, the prediction at `values`"
    )
    values: Pair | None = Field(None, description="parameters to put into the prediction")
    n: int = Field(ge=2, le=MOST_POINTS, description="how many points")
    x: Pair = Field(description="x lies between these two")
    spacing: Literal["even", "random"] = Field("even", description="how x fills its range")
    noise: float = Field(0.0, ge=0, description="standard deviation of what is added to y")
    seed: int = Field(0, ge=0, description="another seed, other points")
    decimals: int | None = Field(None, ge=0, le=12, description="round x and then y to so many")


class Data(Table):
    """The points: a file, or written out, or made by a recipe; exactly one of the three."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [{"required": [source]} for source in SOURCES],
            "dependentRequired": {key: ["file"] for key in COLUMNS},
        }
    )

    file: FilePath | None = Field(None, description="a CSV file, relative to the lesson file")
    x: Column | None = Field(None, description='name or number of the column of x; else "x", or 1')
    y: Column | None = Field(None, description='name or number of the column of y; else "y", or 2')
    header: bool = Field(True, description="whether the first line of the file names its columns")
    separator: Literal[",", ";", "\t", "|", " "] | None = Field(
        None, description="what stands between values in the file; found if left out"
    )
    decimal: Literal[".", ","] | None = Field(
        None, description="the decimal mark of the file; found if left out"
    )
    comment: Comment | None = Field(
        None, description='what lines to be passed over begin with; else "#", and "" for none'
    )
    missing: Literal["refuse", "skip"] = Field(
        "refuse", description="what becomes of rows without a value: NA, N/A, NaN, null, -, or none"
    )
    points: Annotated[list[Pair], Field(max_length=MOST_INLINE)] | None = Field(
        None, description="the points themselves, [[x, y], ...]"
    )
    recipe: Recipe | None = None


class Model(Table):
    """The formulas: two parameters, the prediction by them, the loss of one point."""

    parameters: Annotated[list[Name], Field(min_length=2, max_length=2)] = Field(
        description="the two names that formulas may use beside x"
    )
    prediction: Formula = Field(description="such as a*x + b")
    pointwise: Formula = Field(description="loss of one point, such as (prediction - y)**2")


class Descent(Table):
    """Where the descent starts, and how it goes on."""

    model_config = ConfigDict(
        json_schema_extra={
            "dependentSchemas": {
                constant: {"properties": {"rule": {"enum": list(rules)}}, "required": ["rule"]}
                for constant, rules in CONSTANTS.items()
            }
        }
    )

    start: Pair = Field(description="the parameters before the first step")
    learning_rate: float = Field(gt=0)
    steps: int = Field(ge=1, le=MOST_STEPS)
    steps_per_frame: int | None = Field(
        None, ge=1, description="steps that one picture of the clip advances; else steps / 40"
    )
    rule: Literal["plain", "momentum", "nesterov", "adagrad", "rmsprop", "adam"] = "plain"
    momentum: Fraction | None = Field(None, description="of momentum and nesterov; else 0.9")
    decay: Fraction | None = Field(None, description="of rmsprop; else 0.9")
    first_decay: Fraction | None = Field(None, description="of adam; else 0.9")
    second_decay: Fraction | None = Field(None, description="of adam; else 0.999")


class Axes(Table):
    """What the axes of the data are called, and their units."""

    x: Label = "x"
    y: Label = "y"
    x_unit: Label = ""
    y_unit: Label = ""


class LessonFile(Table):
    """A lesson of the gradient descent lecture: model, loss, data and descent."""

    title: Title
    author: Author = ""
    language: Language = Field("en", description="of the captions: en, or one of a catalogue")
    data: Data
    model: Model
    descent: Descent
    axes: Axes = Axes()


_TABLES: Mapping[str, type[Table]] = {
    "": LessonFile,
    "data": Data,
    "data.recipe": Recipe,
    "model": Model,
    "descent": Descent,
    "axes": Axes,
}


def keys_of(table: Sequence[str]) -> list[str]:
    """Return the keys that the table of these nested names may have."""
    return list(_TABLES[".".join(table)].model_fields)


def schema_text() -> str:
    """Return the JSON Schema (draft 2020-12) of a lesson file, as editors read it."""
    schema = {"$schema": GenerateJsonSchema.schema_dialect, **LessonFile.model_json_schema()}
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"
