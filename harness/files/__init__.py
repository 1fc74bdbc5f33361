"""Files of the operator's: TOML with its line, schemas, certificates, credentials."""
