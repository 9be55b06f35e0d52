"""What pages have in common: controls, editable values, explanations, and the check against PyTorch."""
