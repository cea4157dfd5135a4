"""The tool behind `make render`: from the chapters' scenes to one lecture.mp4.

It knows the chapters by ``scenes.outline`` and by rendering them, and nothing else of them.
"""
