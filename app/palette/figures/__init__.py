"""Figures as papers have them, to look at a theme on: by matplotlib as pixels, by Plotly as a page."""
