"""Voices as their profiles describe them: found, listed, installed."""
