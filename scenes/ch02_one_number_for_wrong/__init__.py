"""Square the residuals, average them: that is the loss."""
