"""Words, numbers and formulas on screen, all set in Typst."""
