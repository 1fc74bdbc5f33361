"""The origin of an elapsed time, the causes of its uncertainty, and the window that it must fall into. Pure."""
