"""The interface for programs: the same permissions, the same `perform`, as JSON over HTTP."""
