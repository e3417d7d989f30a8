"""Knowledge Garden: communities of practice, their lessons and everyone who helped, from Markdown under Git.

This is the public interface: what is exported here keeps its form within a major version.
"""

from importlib.metadata import version

from knowledge_garden.features import installed_plugins
from knowledge_garden.forges import Forge
from knowledge_garden.hooks import Plugins, hookimpl, plugins_of
from knowledge_garden.indexes import Index, Indexes
from knowledge_garden.loading import LoadedGarden, load_garden
from knowledge_garden.model.garden import Garden, Page, Record
from knowledge_garden.model.problems import Code, Problem, Severity
from knowledge_garden.model.records import Kind
from knowledge_garden.outputs.file import OutputFile
from knowledge_garden.pages.description import GeneratedPage
from knowledge_garden.pages.frame import Frame

__version__ = version("knowledge-garden")

__all__ = [
    "Code",
    "Forge",
    "Frame",
    "Garden",
    "GeneratedPage",
    "Index",
    "Indexes",
    "Kind",
    "LoadedGarden",
    "OutputFile",
    "Page",
    "Plugins",
    "Problem",
    "Record",
    "Severity",
    "__version__",
    "hookimpl",
    "installed_plugins",
    "load_garden",
    "plugins_of",
]
