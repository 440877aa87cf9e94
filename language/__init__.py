"""What every stage needs to know about words: sentences, folding, language, numbers, one loaded spaCy pipeline.

Nothing here knows what is risky or what a blog is. Heavy libraries are imported inside the functions that need them.
"""
