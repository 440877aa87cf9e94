"""What can be done at the desk, as plain functions: rights checked, written in one transaction, told to the audit.

Page, API and command call these and nothing else; none of them knows HTTP.
"""
