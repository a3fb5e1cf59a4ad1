"""What people write in files and options, read with every error at once."""
