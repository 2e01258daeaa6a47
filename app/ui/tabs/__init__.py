"""One module a tool: its tab in the window."""
