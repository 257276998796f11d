"""The Annotate workspace: the texts at the left, the text in the middle, the labels above it."""
