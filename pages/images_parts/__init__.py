"""What the page of pictures alone has."""
