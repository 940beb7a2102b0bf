"""The policy has one place; what repeats it agrees."""

import pytest

from generator.site.policy import PAGE_POLICY, POLICY
from tests.conftest import ROOT


def test_policy_of_pages_is_that_of_servers_but_for_frames() -> None:
    assert POLICY.removeprefix(PAGE_POLICY) == "; frame-ancestors 'none'"


@pytest.mark.parametrize(
    ("file", "policy"),
    [
        ("theme_overrides/partials/meta.html", f'content="{PAGE_POLICY}">'),
        ("docs/serving/nginx.conf", f'add_header Content-Security-Policy "{POLICY}" always;'),
        ("docs/serving/Caddyfile", f'Content-Security-Policy "{POLICY}"\n'),
        ("docs/serving.md", f"\n{POLICY}\n"),
    ],
)
def test_policy_is_repeated_to_the_letter(file: str, policy: str) -> None:
    text = (ROOT / file).read_text("utf-8")
    assert text.count(policy) == 1
    assert text.count("default-src") == 1
