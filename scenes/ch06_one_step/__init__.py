"""One step: two slopes make an arrow, and the learning rate says how far along it to go."""
