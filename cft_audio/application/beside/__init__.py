"""What lies beside a recording: words, captions, a cover, a picture, a handout."""
