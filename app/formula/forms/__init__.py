"""Formulas in other languages than LaTeX: one module a language, all written from the same tree."""
