"""This room draws panels with axes: the points and the line, and curves over the steps."""

from scenes.kit.panels.beside import beside, crossing
from scenes.kit.panels.curve_panel import CurvePanel
from scenes.kit.panels.data_mark import dashed_line, name_dashed, post
from scenes.kit.panels.data_panel import DataPanel
from scenes.kit.panels.log_panel import LogPanel
