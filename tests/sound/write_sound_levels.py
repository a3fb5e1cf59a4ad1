"""Write ``sound-levels.json`` anew, once a sound is meant to be heard otherwise."""

from sound_levels import FILE, written

FILE.write_text(written(), encoding="utf-8")
