"""The languages practices are written in: what the program knows of each, as data."""
