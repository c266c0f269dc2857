"""The public website: pages, the frame around Editions, the cache of whole pages."""
