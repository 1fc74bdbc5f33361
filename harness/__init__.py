"""The instrument: plays the cloud, records what passes, and judges it. It knows neither suites nor simulator."""
