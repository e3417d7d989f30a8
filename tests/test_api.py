"""The public interface: exactly what `knowledge_garden` exports, and that a package which uses it is typed."""

import inspect
from importlib.resources import files

import knowledge_garden

PUBLIC = [
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


def test_the_public_interface_is_this_list() -> None:
    assert knowledge_garden.__all__ == PUBLIC, "a new name is a promise: describe it in docs/extending.md"


def test_each_public_class_and_function_is_described() -> None:
    for name in PUBLIC:
        value = getattr(knowledge_garden, name)
        if inspect.isclass(value) or inspect.isfunction(value):
            assert inspect.getdoc(value), name


def test_types_are_shipped() -> None:
    assert (files("knowledge_garden") / "py.typed").is_file()
