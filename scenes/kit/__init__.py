"""The shared kit of the lecture: what every chapter builds with, and never a chapter itself."""
