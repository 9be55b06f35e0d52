"""A recorded convolution made a picture that moves: scene -> model -> wire -> player."""
