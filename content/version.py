"""The version of the project, and of the shape of pack.json."""

VERSION = "0.1.0"
PACK_SCHEMA = 1
