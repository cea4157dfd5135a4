"""The voice of the lecture: a sentence becomes words for the ear, and these become sound."""
