"""The lecture on film: one file a chapter, in viewing order, on the shared kit."""
