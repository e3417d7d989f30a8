"""Finds passwords and keys in a text: those that a sentence tells, and those whose form detect-secrets knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Any

_TOLD = re.compile(
    r"\b(?:pass(?:word|phrase|wort|code)|kennwort|api[ _-]?key|access[ _-]?key|secret(?:[ _-]key)?|token)\b"
    r"[*_]{0,2}(?:[ ](?:of|for)(?:[ ]\w{1,20}){1,4}?)?(?:[ ]{1,2}(?:is|was|war|ist|lautet)\b)?[ ]{0,2}[:=]?[ ]{0,2}"
    r"(?:[\"'`“„](?P<quoted>[^\s\"'`”“]{4,64})[\"'`”“]|(?P<bare>(?=\S{0,40}\d)(?=\S{0,40}[A-Za-z])[^\s\"'`<>()\[\]]{6,64}))",
    re.I,
)
# What the library is worth loading for, which takes half a second: a long mixture of letters and digits, or a sign of one.
_URL = re.compile(r"https?://[^\s<>\"')\]@]*(?![^\s<>\"')\]]*@)", re.I)
_LIKELY = re.compile(
    r"://[^\s/:@]{1,64}:[^\s/@]{1,64}@|(?<![\w-])(?=[A-Za-z_.+/=-]{0,60}\d)(?=[\d_.+/=-]{0,60}[A-Za-z])[\w.+/=-]{20,}"
)
_PRIVATE_KEY = re.compile(r"-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY")
_LONG = 15  # characters of a word from which it may be a key, or an address with a password
_TOLD_WORDS = ("password", "passphrase", "passwort", "passcode", "kennwort", "key", "secret", "token")
_LIKELY_ABOVE = 400  # lines that look likely; more are data, not a narrative
_DETECTORS = (
    ("artifactory", "ArtifactoryDetector"),
    ("aws", "AWSKeyDetector"),
    ("azure_storage_key", "AzureStorageKeyDetector"),
    ("basic_auth", "BasicAuthDetector"),
    ("discord", "DiscordBotTokenDetector"),
    ("github_token", "GitHubTokenDetector"),
    ("jwt", "JwtTokenDetector"),
    ("mailchimp", "MailchimpDetector"),
    ("npm", "NpmDetector"),
    ("sendgrid", "SendGridDetector"),
    ("slack", "SlackDetector"),
    ("square_oauth", "SquareOAuthDetector"),
    ("stripe", "StripeDetector"),
    ("twilio", "TwilioKeyDetector"),
)


def secret_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where a text holds a secret: start and end. The network is not asked whether it is a real one."""
    lower = text.lower()
    for match in _TOLD.finditer(text) if any(word in lower for word in _TOLD_WORDS) else ():
        yield match.span("quoted") if match["quoted"] else match.span("bare")
    if "PRIVATE KEY" in text:
        yield from (match.span() for match in _PRIVATE_KEY.finditer(text))
    searched = _URL.sub(lambda url: " " * len(url[0]), text)
    if not any(_LIKELY.search(word) for word in searched.split() if len(word) >= _LONG):
        return
    starts = dict.fromkeys(searched.rfind("\n", 0, match.start()) + 1 for match in _LIKELY.finditer(searched))
    for start in list(starts)[:_LIKELY_ABOVE]:
        line = text[start:].partition("\n")[0]
        for detector in _detectors():
            for secret in detector.analyze_string(line):
                if (offset := line.find(secret)) >= 0:
                    yield start + offset, start + offset + len(secret)


@cache
def _detectors() -> list[Any]:
    return [getattr(import_module(f"detect_secrets.plugins.{module}"), name)() for module, name in _DETECTORS]
