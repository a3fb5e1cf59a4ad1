"""What a therapist keeps of each client: one private file, words, spoken lines, notes of files."""
