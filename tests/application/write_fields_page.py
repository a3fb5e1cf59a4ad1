"""Write the table of fields into ``docs/fields.md``, for ``test_session_fields.py``."""

from __future__ import annotations

from pathlib import Path

from cft_audio.application.fields import OUTPUT, SESSION_FIELDS
from cft_audio.schema.fields import fields_page

PAGE = Path(__file__).parents[2] / "docs" / "fields.md"
before, _, _ = PAGE.read_text(encoding="utf-8").partition("| field |")
PAGE.write_text(before + fields_page([*SESSION_FIELDS.values(), OUTPUT]), encoding="utf-8")
