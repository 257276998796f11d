"""The Try workspace: what a saved pipeline finds in a text, in the project's texts beside the annotations, in files."""
