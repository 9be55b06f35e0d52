"""A room for each kind of layer that has a page: what is the kind's own stands in its folder and nowhere else."""
