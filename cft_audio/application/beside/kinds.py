"""The kinds of files that come beside a recording, without the weight of making one."""

from __future__ import annotations

TEXTS = ("lrc", "vtt", "srt", "txt", "html", "pdf")
"""What the words of a session are written as."""

PAPERS = ("html", "pdf")
"""What a handout is written as."""
