"""Looking at a page as axe does: at both widths, in light and in dark."""

from collections.abc import Iterable

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

WIDTHS = (320, 1280)
SCHEMES = ("light", "dark")
RUN = """async () => {
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    const found = await axe.run(document, {resultTypes: ["violations"]});
    return found.violations.flatMap(rule =>
        rule.nodes.map(node => [rule.id, node.target.join(" "), node.html]));
}"""
STICKS_OUT = "document.documentElement.scrollWidth - innerWidth"


def findings(page: Page, excepted: Iterable[tuple[str, str]] = ()) -> list[str]:
    """What axe finds on the page as it stands, and whether something sticks out sideways.

    `excepted` are pairs of a rule and a part of the HTML it may be broken by.
    """
    page.evaluate(AXE_SCRIPT)
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found += [
                f"{width} {scheme}: {rule} at {target}"
                for rule, target, html in page.evaluate(RUN)
                if not any(rule == known and part in html for known, part in excepted)
            ]
        if (pixels := page.evaluate(STICKS_OUT)) > 0:
            found.append(f"{width}: sticks out by {pixels} px")
    return found
