"""Three chapters of two seconds, to try the pipeline on."""
