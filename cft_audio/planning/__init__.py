"""The planning stage: what a session says and where everything of it lies, before any sound."""
