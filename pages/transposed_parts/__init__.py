"""What only the transposed page shows."""
