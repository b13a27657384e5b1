"""Step four: the one seam to the outside. Messages and a schema go out, an answer and its usage come back."""
