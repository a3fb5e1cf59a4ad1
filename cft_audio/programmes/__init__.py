"""Programmes: ordered courses of practices, and the albums that are made of them."""
