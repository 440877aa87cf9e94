"""Draws cards and carousels: colours, faces, line breaking, pictures and tagged PDF pages.

Everything here is handed text that was cleared, chosen and traced elsewhere; nothing here chooses or changes a word.
"""
