"""The plugins that switch the garden's own features on. What they do is done by the garden plugin and `features/`."""

from knowledge_garden.mkdocs.feature import FeaturePlugin


class FailuresPlugin(FeaturePlugin):
    """The failure index and a page for each cause. It has no options."""

    feature = "failures"


class CreditsPlugin(FeaturePlugin):
    """The credits page and the credit at the end of each page. It has no options."""

    feature = "credits"
