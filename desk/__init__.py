"""Where people meet Deckprism: the `deckprism` command, and the web page beside it."""
