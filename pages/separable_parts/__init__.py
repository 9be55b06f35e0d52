"""What only the separable page shows."""
