"""Document types that come with the project; each folder is a Django app that can be taken out."""
