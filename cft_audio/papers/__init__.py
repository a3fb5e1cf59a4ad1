"""Pages to read and to print: the words of a session, its handout, worksheets, an album's plan."""
