"""A roster's recordings: what is asked for, checked, spoken, rendered and noted."""
