"""One file for each page. Whatever defines `router` here is served; there is no list elsewhere."""
