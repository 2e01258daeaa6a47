"""Paperdesk: a writing desk for people who write research papers."""

__version__ = "0.1.0"
