"""What the comparison page is made of: its controls, its charts, and one module for each of its views."""
