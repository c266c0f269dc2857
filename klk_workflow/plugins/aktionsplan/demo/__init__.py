"""The Aktionspläne of the demo conference."""
