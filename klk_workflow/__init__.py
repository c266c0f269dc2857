"""The document workflow engine of the KLK: documents, events, editions, and the one verb `perform`."""
