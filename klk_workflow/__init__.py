"""The document workflow engine: documents, events, editions, and the one verb `perform`."""
