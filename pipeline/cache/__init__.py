"""Cache what has been filmed: under which key it is kept, and whether it still holds."""
