"""A stack of layers as a program: the same network for PyTorch and for Keras."""
