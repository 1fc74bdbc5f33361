"""The update's part of the doctor: who listens, who else speaks, what lies there, and which deadlines are lacking."""
