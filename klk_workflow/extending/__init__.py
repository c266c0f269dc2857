"""What lets document types come from elsewhere: found, tried, kept apart, switched off."""
