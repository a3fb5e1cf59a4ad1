"""The words of a session at their times: what is said, sentence by sentence, for those who read."""
