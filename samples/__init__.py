"""Decks and documents written for this project, and the scripts that make them. Nothing in them is real."""
