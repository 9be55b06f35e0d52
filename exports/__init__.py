"""Files that a page can be saved as: an offline page, pictures, programs, and arrays."""
