"""FastRenderer: lets a PatchCamera hold its buffer out to the encoder, and draws nothing unseen.

Waste removed: stock Manim copies every frame twice between camera and encoder, 8 MB each at 1080p,
and draws the last frame of every animation that it skips.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from manim import Mobject
from manim.renderer.cairo_renderer import CairoRenderer
from manim.typing import PixelArray
from manim.utils.iterables import list_update

from fastcairo.camera import PatchCamera
from fastcairo.picture import Picture

if TYPE_CHECKING:
    from manim import Scene


class FastRenderer(CairoRenderer):
    """A `CairoRenderer` with a `PatchCamera`.

    `get_frame` does not copy: what it returns holds until the next frame is drawn, so a writer has
    to be done with a frame when its ``write_frame`` returns.
    """

    camera: PatchCamera

    def __init__(self, **options: Any) -> None:
        super().__init__(camera_class=PatchCamera, **options)

    def save_static_frame_data(
        self,
        scene: "Scene",  # noqa: ARG002 (the stock signature)
        static_mobjects: Iterable[Mobject],
    ) -> PixelArray | None:
        """Let ``static_mobjects`` lie beneath all frames of the animation that begins."""
        self.static_image = None
        if not self.skip_animations:
            self.camera.hold_still(list(static_mobjects))
            self.static_image = self.camera.pixel_array
        return self.static_image

    def update_frame(
        self,
        scene: "Scene",
        mobjects: Iterable[Mobject] | None = None,
        include_submobjects: bool = True,  # noqa: ARG002
        ignore_skipping: bool = True,  # noqa: ARG002
        **options: Any,  # noqa: ARG002
    ) -> None:
        """Draw ``mobjects``, all of the scene's if there are none, unless this is skipped."""
        if self.skip_animations:
            return
        if self.static_image is None:
            self.camera.hold_still([])
        self.camera.show(list(mobjects or list_update(scene.mobjects, scene.foreground_mobjects)))

    def get_frame(self) -> Picture:
        """The picture (height, width, 4) in RGBA as it is now; it is the camera's own."""
        picture = self.camera.pixel_array.view(Picture)
        picture.changed = self.camera.changed
        return picture

    def add_frame(self, frame: PixelArray, num_frames: int = 1) -> None:
        """Hand ``frame`` to the writer; what changes from now on belongs to the next."""
        super().add_frame(frame, num_frames)
        if not self.skip_animations:
            self.camera.changed = 0
