"""The kit holds what every chapter builds with; it never knows a chapter."""
