"""Thin plugins that carry the garden into MkDocs. All meaning lives in the other rooms; nothing else imports mkdocs."""
