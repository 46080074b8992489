"""What a process that reads an entrant's file may still do: nearly nothing.

Three layers of the kernel, each used where it is there: limits on what is spent
(limits), which files are opened (landlock), which calls are made at all (calls). With
bubblewrap, a tool also gets a file system, a network and a process table of its own.
"""
