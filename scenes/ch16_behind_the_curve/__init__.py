"""A loss curve that has gone flat may hide two descents, of which only one has arrived."""
