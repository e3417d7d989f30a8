"""Knowledge Garden: communities of practice, their lessons and everyone who helped, from Markdown under Git.

This is the public interface: what is exported here keeps its form within a major version.
"""

from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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

    __version__: str

# Name → where it is defined. A part is imported when it is asked for, so that a command waits only for what it uses.
_PARTS = {
    "Code": "model.problems",
    "Forge": "forges",
    "Frame": "pages.frame",
    "Garden": "model.garden",
    "GeneratedPage": "pages.description",
    "Index": "indexes",
    "Indexes": "indexes",
    "Kind": "model.records",
    "LoadedGarden": "loading",
    "OutputFile": "outputs.file",
    "Page": "model.garden",
    "Plugins": "hooks",
    "Problem": "model.problems",
    "Record": "model.garden",
    "Severity": "model.problems",
    "hookimpl": "hooks",
    "installed_plugins": "features",
    "load_garden": "loading",
    "plugins_of": "hooks",
}

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


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return version("knowledge-garden")
    if name not in _PARTS:
        raise AttributeError(f"There is no {name} in {__name__}.")
    return getattr(import_module(f"{__name__}.{_PARTS[name]}"), name)


def __dir__() -> list[str]:
    return [*globals(), *__all__]
