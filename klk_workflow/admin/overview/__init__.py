"""What is to be done, what there is, how the round stands."""
