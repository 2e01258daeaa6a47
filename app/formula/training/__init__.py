"""The recipe of Paperdesk's own formula model: formulas, layouts, pictures, training, export (extra `train`)."""
