"""From approved text to Editions: frozen, announced, rendered as PDF, compared."""
