"""This room holds what every picture claims, and how it is read back from the picture."""
