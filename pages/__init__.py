"""The pages of the app, one file a page; what several of them use is in `pages/shared`."""
