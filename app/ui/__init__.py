"""The window and everything in it: the only code that makes Qt widgets."""
