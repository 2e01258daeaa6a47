"""One key that works from everywhere: one back-end per platform."""
