"""The Try workspace: paste a text, see what a saved pipeline finds in it."""
