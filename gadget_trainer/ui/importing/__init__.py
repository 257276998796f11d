"""What an import brings, before and after: the preview with its questions, and the receipt."""
