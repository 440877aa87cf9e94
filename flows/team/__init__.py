"""The work of a team's desk through Prefect: flows that are handed ids, what serves them, and what starts them.

Prefect is imported in `submissions.py`, `upkeep.py`, `serving.py`, `crashed.py` and `reporting.py` alone; the rest is
read by the web process and by the command, which must stay light.
"""
