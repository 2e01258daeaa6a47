from __future__ import annotations

import shutil

# The real LaTeX is the user's own; the tests with stand-ins for it are for every machine.
collect_ignore = [] if shutil.which("latex") and shutil.which("dvisvgm") else ["test_tex_preview_real.py"]
