"""Everything that a person sees or types in a terminal."""
