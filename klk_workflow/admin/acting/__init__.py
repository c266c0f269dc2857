"""What people do with a document: its ways, and the acts beside them."""
