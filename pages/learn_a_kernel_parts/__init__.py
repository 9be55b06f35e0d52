"""What only the page on which a kernel is learned has."""
