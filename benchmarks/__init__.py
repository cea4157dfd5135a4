"""Measure how fast the lecture is made, beside plain Manim, matplotlib and the bare encoder.

`make bench` measures copies of the sources, and writes the tables of ``docs/benchmarks.md``.
"""
