"""Film jobs on other machines, through any executor: sources travel out, segments come back."""
