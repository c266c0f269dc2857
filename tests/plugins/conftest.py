"""The tests of the distribution run where it is installed, see test_tutorial.py."""

collect_ignore = ["stellungnahme"]
