"""Film shares on other machines, through any executor: sources travel out, pieces come back."""
