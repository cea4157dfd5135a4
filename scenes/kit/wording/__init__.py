"""This room writes sentences and the numbers in them; it draws nothing.

A sentence is a template and the values that fill it in, so that it can be translated before it is
filled in, and so that every number in it is known for what it was written for.
"""

from scenes.kit.wording.beats import Beat, reading_time
from scenes.kit.wording.messages import Message, Values, message
from scenes.kit.wording.numbers import (
    INFINITE,
    as_given,
    as_much,
    by_power,
    counted,
    dwindling,
    fixed,
    heard_roughly,
    power_of_ten,
    significant,
    significant_apart,
    suited,
    told_apart,
    whole,
)
from scenes.kit.wording.rule_name import rule_name
from scenes.kit.wording.unicode_name import unicode_name
from scenes.kit.wording.written import MINUS, Number, Written, fill, from_lesson, numbers_of
