"""The frozen picture of the screens, on which the user chooses a region."""
