"""The demo organisation and its cases; nothing here is used by a real installation."""
