"""The page shows the lecture in a browser, beside a laboratory that runs its lesson live."""
