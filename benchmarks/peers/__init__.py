"""Pages to compare ours with: files of their own, so that what they take from our pages is type-checked."""
