"""What `deckprism doctor` looks at: one function a thing, each with what to do when it is not well.

Nothing here changes anything: no folder is made, no schema brought up to date, no server started.
"""
