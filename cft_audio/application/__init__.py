"""The use cases: plain functions that take values and return values."""
