"""Formulas: from a picture to LaTeX."""
