"""Albums: a programme's recordings in one folder, and as a feed."""
