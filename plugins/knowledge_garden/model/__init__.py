"""What a garden is made of: records, links, contributions, problems, the frozen garden. No input or output here."""
