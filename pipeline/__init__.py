"""Make one lecture.mp4 of the chapters' scenes: the tool behind `make render`.

It knows the chapters by ``scenes.outline`` and by rendering them, and nothing else of them.
"""
