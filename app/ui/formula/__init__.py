"""The parts of the formula tab."""
