"""What every tool needs: settings, paths, errors, history, models, HTTP, logging. No Qt here."""
