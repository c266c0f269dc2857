"""What proves what was approved: the record, its verification, and what is kept elsewhere."""
