"""`python -m app` is the same as `paperdesk`."""

from app.cli.main import main

main()
