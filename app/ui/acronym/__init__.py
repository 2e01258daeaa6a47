"""The parts of the Acronym tab."""
