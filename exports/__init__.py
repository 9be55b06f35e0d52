"""What can be taken away from a page: a page that works offline, pictures, code, and the numbers."""
