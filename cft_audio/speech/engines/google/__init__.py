"""Google's voices, the one engine that speaks online."""
