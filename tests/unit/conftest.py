"""How hypothesis works here: the same examples each time, on a machine of any speed, with nothing kept on disk."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "garden", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("garden")
