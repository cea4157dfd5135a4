"""A Message is a template that is translated before its slots are filled in.

The names are those of gettext. `message("The loss is {loss}.", loss=significant(value))` marks
a text for translation where it stands; `make sentences` finds it there by the name of the function.
A word that depends on something is a message of its own, and may fill a slot of another one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from scenes.kit.wording.written import Number, Written, fill

ITALICS = {"a": "𝑎", "A": "𝐴", "I": "𝐼"}
"""The letters that are words as well, in mathematical italics."""
Translate = Callable[[str], str | None]
"""What a catalogue has for a template; None if it has nothing."""


Values = Mapping[str, "str | Message"]
"""What fills the slots of a template, by name."""


@dataclass(frozen=True)
class Message:
    """A template in English and the values of its slots, ``{name}`` each."""

    template: str
    values: Values = field(default_factory=dict)

    def __str__(self) -> str:
        return self.english()

    @property
    def has_words(self) -> bool:
        """Whether there is anything to translate around the slots."""
        around = fill(self.template, **dict.fromkeys(self.values, ""))
        return any(character.isalpha() for character in around)

    def english(self) -> Written:
        """The text as it stands in the source, filled in."""
        filled = {
            name: value.english() if isinstance(value, Message) else value
            for name, value in self.values.items()
        }
        return fill(self.template, **filled)

    def for_the_ear(self) -> str:
        """The English text as it is to be heard, with the same words between spaces as the caption.

        A letter that could be a word of its own is in italics: the parameter 𝑎 is no article. What
        is heard instead of a number has no-break spaces.
        """
        return fill(self.template, **{name: _heard(value) for name, value in self.values.items()})

    def translated(self, translate: Translate) -> Written | None:
        """The text as a catalogue has it; None unless it has all of its parts."""
        filled: dict[str, str] = {}
        for name, value in self.values.items():
            text = value.translated(translate) if isinstance(value, Message) else value
            if text is None:
                return None
            filled[name] = text
        template = translate(self.template) if self.has_words else self.template
        return None if template is None else fill(template, **filled)


def _heard(value: "str | Message") -> str:
    if isinstance(value, Message):
        return value.for_the_ear()
    if isinstance(value, Number) and value.heard:
        return value.heard.replace(" ", "\N{NO-BREAK SPACE}")
    return ITALICS.get(value, value)


def message(template: str, /, **values: "str | Message") -> Message:
    """A text to be translated: ``template`` with a value for each of its slots."""
    return Message(template, values)
