"""Why it crawls: one rate does for two directions, and the bowl is far flatter along one."""
