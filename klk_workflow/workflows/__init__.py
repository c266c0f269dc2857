"""How documents go their way, as data: declared, checked, drawn, moved to newer definitions."""
