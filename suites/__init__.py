"""Requirements of a device, clause by clause. The folders follow the specification's contents."""
