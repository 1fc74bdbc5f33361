"""The replica's part of the doctor: who answers, who else publishes, and what lies there from before."""
