"""Looking done is not being done, and the lecture has shown how to tell."""
