"""This room checks the layout: rules of type and room hold on every frame, or are reported.

A chapter that breaks one on purpose says so with `allow` of `scenes.kit.layout.waiver`. To
check a chapter from the command line: ``python -m scenes.kit.layout 7``.
"""

from scenes.kit.layout.report import Report, Violation
