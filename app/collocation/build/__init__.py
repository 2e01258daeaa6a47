"""Building an index: read documents, tag and count their n-grams, pack the counts."""
