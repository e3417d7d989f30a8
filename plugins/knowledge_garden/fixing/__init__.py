"""What is safe to fix in a garden's files: bytes to bytes, every other byte left alone."""

from knowledge_garden.fixing.edits import Fix
from knowledge_garden.fixing.files import write_fixed
from knowledge_garden.fixing.garden import FixedFile, fix_garden

__all__ = ["Fix", "FixedFile", "fix_garden", "write_fixed"]
