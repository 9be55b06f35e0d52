"""A recorded convolution turned into a picture that moves: scene -> figure and steps -> player."""
