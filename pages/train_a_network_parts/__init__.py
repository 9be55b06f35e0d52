"""What only the page on which a network learns has."""
