"""Clients: what is kept of them, closed, handed over and forgotten."""
