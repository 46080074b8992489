"""The last minutes before the deadline: many finish, some twice, some too late."""
