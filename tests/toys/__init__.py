"""Two small document types, for the engine's tests without those that come with the software."""
