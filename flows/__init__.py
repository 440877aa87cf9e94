"""The stages put in order: plain functions in steps.py, thin Prefect flows on top of them.

Prefect is imported in this package alone, and never by steps.py.
"""
