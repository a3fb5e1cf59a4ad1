"""How words are said, as people keep it: lexicons in files, and which one counts."""
