"""Film chapters: worker processes film segments, which are joined to chapters and a lecture."""
