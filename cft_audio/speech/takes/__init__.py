"""From a line to a clip: takes, conditioned and kept in the cache."""
