"""Indexes to pages and page fragments: functions over autoescaped templates. Import from its modules."""
