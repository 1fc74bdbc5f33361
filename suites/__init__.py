"""What a device must do, clause by clause. The folders follow the specification's contents."""
