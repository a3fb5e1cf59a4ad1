"""The script stage: from a practice file to a script of cues, for one person."""
