"""The vocabulary of UDMI: topics, messages, schemas, one codec per spec. Nothing here decides."""
