"""Beyond bowls: two basins and a saddle, and where each start ends."""
