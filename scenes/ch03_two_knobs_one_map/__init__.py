"""Two knobs, one map: every line is a point of the map, and the loss gives the point its height."""
