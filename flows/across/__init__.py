"""What is seen only when many packs lie side by side: versions, repeats, contradictions, and one plan for all.

Everything here reads finished packs, so only cleared text, and gives names of packs, titles of pieces, numbers of units
and (for contradictions) cleared sentences. Nothing here opens a source, and nothing is near-quadratic: each piece and
each unit is compared through an index with those that share something with it.
"""
