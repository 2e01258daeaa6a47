"""The parts of the Palette tab."""
