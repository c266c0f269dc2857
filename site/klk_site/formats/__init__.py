"""How dates are typed, where that differs from what Django knows of a language."""
