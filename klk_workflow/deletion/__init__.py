"""What may be taken away, how, and what may not."""
