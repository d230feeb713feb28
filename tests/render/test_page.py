"""Markdown of a PAD on a page: what it becomes, and what never gets there."""

import pytest

from padctl.render.markdown import to_html

LINK = '<a href="{}" rel="noopener noreferrer">{}</a>'


def html(text: str) -> str:
    return to_html(text, str).strip()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a *b* **c** ~~d~~ `e`", "<p>a <em>b</em> <strong>c</strong> <s>d</s> <code>e</code></p>"),
        ("#### T", "<h4>T</h4>"), ("a\\\nb", "<p>a<br>\nb</p>"), ("---", "<hr>"),
        ("- a", "<ul>\n<li>a</li>\n</ul>"), ("1. a", "<ol>\n<li>a</li>\n</ol>"),
        ("5. a", '<ol start="5">\n<li>a</li>\n</ol>'),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>"), ("```x\na\n```", "<pre><code>a\n</code></pre>"),
        ("|a|\n|:-|\n|b|", "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>b</td>\n</tr>\n"
         "</tbody>\n</table>"),
        ("# T", "T"), ("a\u202eb\x1bc", "<p>a&lt;U+202E&gt;b&lt;U+001B&gt;c</p>"), ("a\nb", "<p>a\nb</p>"),
        ("<b onclick=x>a</b><script>y</script>", "<p>&lt;b onclick=x&gt;a&lt;/b&gt;&lt;script&gt;y&lt;/script&gt;</p>"),
        ("![a <b>](https://evil.example/x.png)", "<p>a &lt;b&gt;</p>"), ("a ![b](c) ![d](e)", "<p>a b d</p>"),
        ("https://example.com (c) ... \"a\"", '<p>https://example.com (c) ... "a"</p>'),
        ("[a](https://example.com/b?c=d)", f"<p>{LINK.format('https://example.com/b?c=d', 'a')}</p>"),
        ("[a](https://b:8080/c)", f"<p>{LINK.format('https://b:8080/c', 'a')}</p>"),
        ("[a](HTTP://example.com)", f"<p>{LINK.format('HTTP://example.com', 'a')}</p>"),
        ("[a](mailto:b@example.com)", f"<p>{LINK.format('mailto:b@example.com', 'a')}</p>"),
        ("[a](javascript:b)", "<p>[a](javascript:b)</p>"), ("[a](b.md)", '<p><a rel="noopener noreferrer">a</a></p>'),
        ("[a](ftp://b)", '<p><a rel="noopener noreferrer">a</a></p>'),
    ],
)  # fmt: skip
def test_what_markdown_becomes_on_a_page(text: str, shown: str) -> None:
    assert html(text) == shown


def test_the_address_of_a_link_is_asked_for() -> None:
    asked: list[str] = []

    def link(target: str) -> str:
        asked.append(target)
        return {"good.md": "https://example.com/good", "bad.md": "javascript:alert(1)"}.get(target, "nowhere")

    page = to_html("[a](good.md) [b](bad.md) [c](other.md)", link)
    assert asked == ["good.md", "bad.md", "other.md"]
    nowhere = '<a rel="noopener noreferrer">{}</a>'
    links = [LINK.format("https://example.com/good", "a"), nowhere.format("b"), nowhere.format("c")]
    assert page == f"<p>{' '.join(links)}</p>\n"
