"""The timeline stage: every event at a sample position, in an exact total length."""
