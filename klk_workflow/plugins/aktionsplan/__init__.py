"""Landesaktionspläne under the Istanbul-Konvention, with their measures."""
