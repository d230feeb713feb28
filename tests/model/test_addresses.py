"""Where a remote's files can be read in a browser: the forms that are known, and what must never come through."""

import pytest

from padctl.model.addresses import web_base

GITHUB = "https://github.com/tessaly/pads/blob/HEAD"
GITLAB = "https://gitlab.com/tessaly/product/pads/-/blob/HEAD"


@pytest.mark.parametrize(
    ("remote", "base"),
    [
        ("https://github.com/tessaly/pads.git", GITHUB),
        ("https://github.com/tessaly/pads", GITHUB),
        ("https://github.com/tessaly/pads/", GITHUB),
        ("git@github.com:tessaly/pads.git", GITHUB),
        ("git@GitHub.com:/tessaly/pads.git/", GITHUB),
        ("github.com:tessaly/pads", GITHUB),
        ("ssh://git@github.com/tessaly/pads.git", GITHUB),
        ("ssh://git@ssh.github.com:443/tessaly/pads.git", GITHUB),
        ("git@gitlab.com:tessaly/product/pads.git", GITLAB),
        ("https://gitlab.com/tessaly/product/pads.git", GITLAB),
        ("ssh://git@gitlab.tessaly.example:2222/a/b.git", "https://gitlab.tessaly.example/a/b/-/blob/HEAD"),
        ("https://gitlab.tessaly.example:8443/a/b.git", "https://gitlab.tessaly.example:8443/a/b/-/blob/HEAD"),
        ("https://github.com/tessaly/.github", "https://github.com/tessaly/.github/blob/HEAD"),
    ],
)
def test_known_remotes(remote: str, base: str) -> None:
    assert web_base(remote) == base


@pytest.mark.parametrize(
    "secret", ["dana:hunter2@", "ghp_hunter2@", "x-access-token:hunter2@", ":hunter2@", "%40hunter2@"]
)
@pytest.mark.parametrize("scheme", ["https", "ssh"])
def test_credentials_are_left_out(scheme: str, secret: str) -> None:
    assert web_base(f"{scheme}://{secret}github.com/tessaly/pads.git") == GITHUB


@pytest.mark.parametrize(
    "remote",
    [
        "",
        "/srv/git/github.com/tessaly/pads.git",
        "../github.com/tessaly/pads",
        "file:///home/dana/github.com/a/b",
        "C:\\github.com\\a\\b",
        "http://github.com/tessaly/pads",
        "git://github.com/tessaly/pads",
        "ext::sh -c touch% /tmp/x github.com/a/b",
        "javascript://github.com/a/b",
        "https://github.com@evil.example/tessaly/pads",
        "https://github.com:hunter2@evil.example/tessaly/pads",
        "https://github.com\\@evil.example/tessaly/pads",
        "https://evil.example\\@github.com/tessaly/pads",
        "https://dana:hun@ter2@github.com/tessaly/pads",
        "https://dana:hun/ter2@github.com/tessaly/pads",
        "https://evilgithub.com/tessaly/pads",
        "https://github/tessaly/pads",
        "https://github.com.evil.example/tessaly/pads",
        "https://github.com/tessaly",
        "https://github.com/a/b/c",
        "https://github.com/../pads",
        "https://github.com/tessaly/.git",
        "https://gitlab.com/a/../b",
        "https://github.com/tessaly/pads?token=hunter2",
        "https://github.com/tessaly/pads#hunter2",
        'https://github.com/tessaly/"><script>',
        "https://github.com/tessaly/pads\nX-Evil: 1",
        "https://github.com/tessaly/pads\n",
        "https://github.com/tess aly/pads",
        "https://github.com/tess%2e/pads",
        "https://gith\u200bub.com/tessaly/pads",
        "https://github.com/tess\u202ealy/pads",
        "https://-github.com/tessaly/pads",
        "git@github.com:",
        "-oProxyCommand=x:a/b",
    ],
)
def test_anything_else_has_no_address(remote: str) -> None:
    assert web_base(remote) == ""


def test_a_folder_of_the_repository() -> None:
    assert web_base("git@github.com:tessaly/pads.git", "docs/our pads") == f"{GITHUB}/docs/our%20pads"


def test_long_hostile_remotes_are_refused_at_once() -> None:
    for part in ("a.", "a/", "a-", "a@", ".git", "a:"):
        assert web_base(f"https://github.com/{part * 20_000}!") == ""
        assert web_base(f"{part * 20_000}!") == ""
