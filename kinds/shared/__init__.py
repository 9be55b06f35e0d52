"""What several kinds have in common: sentences about windows, and how their PyTorch and Keras code is put together."""
