"""A model as writer: rewrites paragraphs of drafts from cleared sentences, when somebody asked for that.

Nothing here is imported unless a run is told to use it. It takes what generators take, a `ClearedDocument` and drafts made
of it, and gives drafts back; what it writes is judged by the gates, sentence by sentence, before it stands anywhere.
"""
