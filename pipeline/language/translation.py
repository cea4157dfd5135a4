"""A translation: what a catalogue makes of a sentence that was said in English."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.language.template import Template, by_words

Key = tuple[str, str]
"""Context and message; the context of a sentence is empty, else it names the slots to fill."""


@dataclass(frozen=True)
class Translation:
    """The messages of a catalogue that are translated, each with its translation."""

    said: Mapping[Key, str]

    def translate(self, text: str, templates: Iterable[Template], context: str = "") -> str | None:
        """``text``, which one of ``templates`` made, translated: all of it, or None.

        What a slot without options holds, such as a number, is taken over as it is.
        """
        for template in by_words(templates):
            if template.read(text) is not None:
                for made in (*self._variants(template, context), template):
                    if (translated := self._by(made, text, context)) is not None:
                        return translated
        return None

    def entries(self, templates: Iterable[Template], context: str = "") -> Iterator[object]:
        """All of the catalogue that may have a say in what becomes of ``templates``."""
        for template in templates:
            for made in (*self._variants(template, context), template):
                yield context, made.message, self.said.get((context, made.message))
            for slot in template.slots:
                yield from self.entries(slot.options, slot.context)

    def _by(self, template: Template, text: str, context: str) -> str | None:
        values = template.read(text)
        if values is None:
            return None
        for slot in template.slots:
            if slot.options:
                inside = self.translate(values[slot.name], slot.options, slot.context)
                if inside is None:
                    return None
                values[slot.name] = inside
        if not template.message:
            return template.fill(values)
        message = self.said.get((context, template.message))
        return None if message is None else text.replace(text.strip(), message.format_map(values))

    def _variants(self, template: Template, context: str) -> list[Template]:
        """What the catalogue has of ``template`` with some slots filled in, the fullest first."""
        if not template.slots or not template.message:
            return []
        found = (template.variant(message) for about, message in self.said if about == context)
        return by_words(variant for variant in found if variant is not None)
