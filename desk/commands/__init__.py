"""The subcommands, a file for each family. They parse, call and print; what is done is done elsewhere."""
