"""It has stopped moving, but it has not arrived."""
