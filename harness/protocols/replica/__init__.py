"""Device state replica: a service that holds what is desired and what is reported, and the devices behind it."""
