"""What pages of the screening desk show, read in a fixed number of queries."""
