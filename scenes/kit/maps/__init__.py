"""This room draws the loss over its two parameters: maps, rings, paths and arrows."""

from scenes.kit.maps.approach import approach
from scenes.kit.maps.direction import Bearing
from scenes.kit.maps.eigen_axes import coordinate_bars, eigen_axes, parameter_axes, upright
from scenes.kit.maps.live_arrow import LiveArrow
from scenes.kit.maps.local_ring import local_ring
from scenes.kit.maps.map_panel import MapPanel
from scenes.kit.maps.rate_map import RateMap
from scenes.kit.maps.round_map import RoundMap
from scenes.kit.maps.segment import segment
from scenes.kit.maps.zoom import closer, zoom
