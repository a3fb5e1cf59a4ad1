"""A person's own voice: a sheet of lines to read aloud, and a voice made of the recordings."""
