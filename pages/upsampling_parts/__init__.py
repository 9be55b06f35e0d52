"""What the page of upsampling alone has."""
