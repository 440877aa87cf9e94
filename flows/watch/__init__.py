"""Files that arrive in a folder become packs: seen, left alone until they are whole, copied, and handed on once.

`sight` looks, `waiting` decides which file has settled, `taking` copies without ever trusting a half-written file,
`packs` hands copies to the batch, `watching` goes round. Looking again is the truth; nothing depends on events.
"""
