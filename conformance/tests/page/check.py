"""Clicks through the page of `redeliver compare` and looks at it.

Pictures are compared shrunk to an eighth, in blocks, with a tolerance: glyphs, hinting and versions of the browser may differ, but not where things
stand and which colour they have. What a picture can't say well (nothing sticks out at the side, columns line up) is measured instead.
"""

import pathlib
import sys

from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import sync_playwright

SHOTS = pathlib.Path(__file__).parent / "shots"
SHRINK = 8
# Mean difference of a block of 8 x 8 shrunk pixels that is still the same picture, of 255; and how many blocks may differ more.
BLOCK, BLOCK_DIFFERENCE, BLOCKS_MAX = 8, 26, 0.04
WIDTHS = {"phone": (390, 844), "desk": (1280, 900)}


def main():
    url = pathlib.Path(sys.argv[1]).resolve().as_uri()
    renew = "--renew" in sys.argv
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for width, (across, down) in WIDTHS.items():
            for scheme in ("light", "dark"):
                context = browser.new_context(viewport={"width": across, "height": down}, color_scheme=scheme, reduced_motion="reduce")
                page = context.new_page()
                said, asked = [], []
                page.on("pageerror", lambda error: said.append(str(error)))
                page.on("console", lambda message: said.append(message.text))
                page.on("request", lambda request: asked.append(request.url))
                page.goto(url)
                page.evaluate("for (const time of document.querySelectorAll('time, [data-label=\"Run on\"], [data-label=Took]')) time.textContent = '-'")
                look(page, f"{width}-{scheme}", renew)
                if scheme == "light":
                    shape(page)
                    cells(page)
                    filters(page)
                    details(page)
                    keyboard(page)
                    address(page, url)
                    printed(page)
                assert not said, said
                assert asked[0] == url and all(one == url or one.startswith(url + "#") for one in asked), f"it asked the network: {asked}"
                print(f"{width}, {scheme}: as it should be")
                context.close()
        without_script(browser, url)
        browser.close()


def look(page, name, renew):
    """Compares the first screen and the table with the checked-in pictures."""
    for part, place in (("top", "h1"), ("table", "#matrix-title"), ("list", "#deviations-title")):
        page.locator(place).evaluate("element => scrollTo(0, element.getBoundingClientRect().top + scrollY - 8)")
        shot = pathlib.Path(sys.argv[1]).with_name(f"{name}-{part}.png")
        page.screenshot(path=shot)
        seen = Image.open(shot).convert("RGB")
        seen = seen.resize((seen.width // SHRINK, seen.height // SHRINK), Image.Resampling.BOX)
        file = SHOTS / f"{name}-{part}.png"
        if renew:
            SHOTS.mkdir(exist_ok=True)
            seen.save(file, optimize=True)
            continue
        expected = Image.open(file).convert("RGB")
        assert seen.size == expected.size, (file.name, seen.size, expected.size)
        difference = ImageChops.difference(seen, expected)
        boxes = [(x, y, min(x + BLOCK, seen.width), min(y + BLOCK, seen.height)) for x in range(0, seen.width, BLOCK) for y in range(0, seen.height, BLOCK)]
        differing = [box for box in boxes if sum(ImageStat.Stat(difference.crop(box)).mean) / 3 > BLOCK_DIFFERENCE]
        if len(differing) > BLOCKS_MAX * len(boxes):
            kept = pathlib.Path.cwd() / f"differs-{file.name}"
            seen.save(kept)
            raise AssertionError(f"{file.name}: {len(differing)} of {len(boxes)} blocks look different, see {kept}; where that is meant, --renew")


def shape(page):
    """Nothing sticks out at the side, what is pressed is large enough, and headings and tables are what they claim to be."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"
    heights = page.locator(".matrix button, .filters select, .filters input").evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
    assert min(heights) >= 40, f"too small for a finger: {min(heights)}"
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.get_by_role("heading", level=2).all_inner_texts() == ["Targets", "Guarantees", "Deviations"]
    assert page.get_by_role("table").count() == 2
    assert page.get_by_role("table").first.get_by_role("rowheader").count() == 4
    nameless = page.locator("button, select, input, a").evaluate_all(
        "all => all.filter(one => !(one.ariaLabel || one.textContent.trim() || one.labels?.length)).map(one => one.outerHTML)")
    assert not nameless, nameless


def until(page, expression):
    """Waits until this is so. Playwright's own way to wait evaluates text in the page, which its policy forbids."""
    for _ in range(100):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(20)
    raise AssertionError(f"never came true: {expression}")


def text(page, selector):
    return page.locator(selector).all_inner_texts()


def cells(page):
    """A cell of the table shows its cases; they are as many as it says."""
    cell = page.get_by_role("button", name="fauxqs, SQS fifo-order: ")
    label = cell.get_attribute("aria-label")
    deviating = int(label.split(" deviate")[0].split(" ")[-1])
    assert deviating > 0, label
    cell.click()
    assert field(page, "target", "service", "guarantee", "verdict") == ["fauxqs", "sqs", "fifo-order", "deviates"]
    assert text(page, "#count") == [f"{deviating} results"], (text(page, "#count"), label)
    assert page.locator("#list > li").count() == min(deviating, 40)
    assert set(text(page, "#list summary b")) == {"fauxqs"}
    assert page.evaluate("document.activeElement.id") == "deviations"
    page.get_by_role("button", name="Clear").click()
    until(page, "location.hash === ''")


def field(page, *names):
    return [page.locator(f".filters [name={name}]").input_value() for name in names]


def filters(page):
    """Each filter leaves out what it should, in the list and in the table."""
    def count():
        return int(page.locator("#count").inner_text().split(" ")[0].replace(",", ""))

    every = count()
    assert every > 40 and page.locator("#list > li").count() == 40
    page.locator("#more").click()
    assert page.locator("#list > li").count() == min(every, 80)
    parts = []
    for target in ("reference", "fauxqs", "kinesalite", "ministack"):
        page.get_by_role("search").get_by_label("Target").select_option(target)
        heads = page.locator(".matrix thead th:visible").all_inner_texts()
        assert heads == ["Guarantee", target], heads
        parts.append(0 if "Nothing" in page.locator("#count").inner_text() else count())
    assert parts[0] == 0 and sum(parts) == every, (parts, every)
    page.get_by_role("search").get_by_label("Target").select_option("")
    page.get_by_role("search").get_by_label("Service").select_option("kinesis")
    assert all(one.startswith("kinesis/") for one in text(page, "#list .id"))
    assert page.locator(".matrix tbody:visible").count() == 1
    page.get_by_role("search").get_by_label("Service").select_option("")
    page.get_by_role("search").get_by_label("Guarantee").select_option("fifo-order")
    assert page.locator(".matrix tr[data-guarantee]:visible").count() == 1
    assert page.locator("#meaning").inner_text() == "fifo-order: order and locking by message group."
    page.get_by_role("search").get_by_label("Guarantee").select_option("")
    for verdict, badge in (("known", "Known deviation"), ("skipped", "Skipped"), ("not-run", "Skipped")):
        page.get_by_role("search").get_by_label("Verdict").select_option(verdict)
        assert set(text(page, "#list .badge")) == {badge}, verdict
    page.get_by_role("search").get_by_label("Verdict").select_option("failed")
    assert text(page, "#count") == ["Nothing matches these filters."]
    page.get_by_role("search").get_by_label("Verdict").select_option("deviates")
    page.get_by_role("search").get_by_label("Text").fill("LISTSHARDS nothing-like-this")
    assert text(page, "#count") == ["Nothing matches these filters."]
    page.get_by_role("search").get_by_label("Text").fill("ARN PutRecords")
    assert 0 < count() < every
    page.get_by_role("button", name="Clear").click()
    until(page, "location.hash === ''")
    assert count() == every


def details(page):
    """A case tells what was expected, what was seen, why, and how to run it again."""
    page.get_by_role("search").get_by_label("Target").select_option("kinesalite")
    page.get_by_role("search").get_by_label("Text").fill("reader-that-is-behind-is-told-so")
    page.locator("#list summary").click()
    page.locator("#list dt").first.wait_for()
    names = text(page, "#list dt")
    assert names == ["What", "Expected", "Seen", "Known", "Why AWS", "Again", "The case"], names
    what, expected, seen, known, why, again, case = text(page, "#list dd")
    assert expected == "a number greater than 0\nat /MillisBehindLatest" or expected.split("\n")[0] == "a number greater than 0", expected
    assert seen == "0" and "MillisBehindLatest" in known, (seen, known)
    assert page.locator("#list dd a").first.get_attribute("href").startswith("https://docs.aws.amazon.com/")
    assert "redeliver run 'kinesis/records/get::reader-that-is-behind-is-told-so' --target kinesalite" in again, again
    assert "redeliver explain 'kinesis/records/get::reader-that-is-behind-is-told-so'" in case, case
    page.get_by_role("button", name="Copy").first.click()
    until(page, "[...document.querySelectorAll('.copy')].some(one => one.textContent !== 'Copy')")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "an open case scrolls the page sideways"
    page.get_by_role("button", name="Clear").click()
    until(page, "location.hash === ''")


def keyboard(page):
    """All of it without a mouse."""
    cell = page.locator(".matrix button").first
    cell.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "deviations"
    page.locator("#list summary").first.focus()
    page.keyboard.press("Space")
    assert page.locator("#list details[open]").count() == 1
    page.keyboard.press("Space")
    assert page.locator("#list details[open]").count() == 0
    page.get_by_role("button", name="Clear").click()
    until(page, "location.hash === ''")


def address(page, url):
    """What is shown can be linked to."""
    page.get_by_role("search").get_by_label("Target").select_option("ministack")
    page.get_by_role("search").get_by_label("Verdict").select_option("skipped")
    fragment = page.evaluate("location.hash")
    shown = text(page, "#count")
    other = page.context.new_page()
    other.goto(url + fragment)
    assert field(other, "target", "verdict") == ["ministack", "skipped"] and text(other, "#count") == shown
    other.goto(url + "#target=nobody&verdict=?")
    other.reload()
    assert field(other, "target", "verdict") == ["", "deviates"]
    other.close()
    page.get_by_role("button", name="Clear").click()


def printed(page):
    """On paper stands all of the tables, and nothing to press."""
    page.emulate_media(media="print")
    assert page.locator(".filters").is_hidden() and page.locator("#more").is_hidden()
    cut = page.locator(".scroll").evaluate_all("all => all.filter(one => getComputedStyle(one).overflowY !== 'visible').length")
    assert cut == 0, "a table is cut on paper"
    page.emulate_media(media="screen")


def without_script(browser, url):
    """Without JavaScript the tables are still there."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(url)
    assert page.get_by_role("table").count() == 2 and page.locator("noscript p").is_visible()
    context.close()


main()
