"""What only the pooling page shows."""
