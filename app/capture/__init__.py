"""Pictures of the screens: one back-end per platform, and the arithmetic of choosing a region."""
