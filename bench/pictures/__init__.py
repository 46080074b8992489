"""What looking at a picture costs, what damage it sees, what memory it takes."""
