"""The same articles, briefed by ours and by other ways, with one model on one engine."""
