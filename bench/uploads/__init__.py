"""What receiving an upload costs here, beside a plain copy and another tus server."""
