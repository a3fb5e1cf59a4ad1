"""Write how the heteronyms of the practices are said, to be read by a person: ``test_words.py``."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from readings import FILE, readings_of_all, written

FILE.write_text(written(readings_of_all()), encoding="utf-8")
