"""The page `report.html`: what is drawn and shown of a run."""
