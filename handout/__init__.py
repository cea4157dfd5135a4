"""Print the lecture on paper: each chapter's still and text, its formulas, and exercises."""
