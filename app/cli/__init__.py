"""The command line: one group of commands for each tool, and those of the desk."""
