"""The parts of the collocation tab."""
