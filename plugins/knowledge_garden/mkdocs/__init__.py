"""Thin plugins that carry the garden into MkDocs. All meaning lives in the other packages; nothing else imports mkdocs."""
