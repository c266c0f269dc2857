"""What happens without a person: by the clock, by rules of the administration, by mail."""
