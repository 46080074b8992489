"""One's own submissions for programs. Only GET and POST; a refusal is 409."""
