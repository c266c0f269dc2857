"""What the administration keeps: people, offices, periods, outlines, rules, programs."""
