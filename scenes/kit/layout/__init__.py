"""Layout that is checked: rules of type and room that hold on every frame, and their report.

A chapter that breaks one on purpose says so with `allow` of `scenes.kit.layout.waiver`. To
check a chapter from the command line: ``python -m scenes.kit.layout 7``.
"""

from scenes.kit.layout.report import Report, Violation, violations

__all__ = ["Report", "Violation", "violations"]
