"""Names for papers and models: words and new words whose letters run through the title."""
