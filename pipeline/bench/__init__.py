"""The bench behind `make bench`: how fast this is, beside what else could be done.

It measures copies of the sources below ``build/bench``, each in processes of their own, and writes
``docs/benchmarks.md``. `trials` says what is measured, `report` how it is told.
"""
