"""The ambient sounds under a session: one module each, and what they are made of."""
