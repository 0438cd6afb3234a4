"""What can be found wrong in a page by looking at it: names, headings, widths, contrast."""

from __future__ import annotations

from playwright.sync_api import Page

_NAMES = """() => {
    const found = [];
    const seen = (one) => one.checkVisibility({visibilityProperty: true}) && !one.closest('[aria-hidden=true]');
    const short = (one) => one.outerHTML.replace(/\\s+/g, ' ').slice(0, 140);
    for (const one of document.querySelectorAll('input, select, textarea')) {
        if (one.type === 'hidden' || !seen(one)) continue;
        const named = [...(one.labels ?? [])].some((label) => label.innerText.trim())
            || one.ariaLabel || one.getAttribute('aria-labelledby');
        if (!named) found.push(`no label: ${short(one)}`);
    }
    for (const one of document.querySelectorAll('button, a[href], summary, [role=button]')) {
        const named = one.innerText.trim() || one.ariaLabel || one.getAttribute('aria-labelledby')
            || (one.matches('a') && one.title);
        if (seen(one) && !named) found.push(`no name: ${short(one)}`);
    }
    const headings = [...document.querySelectorAll('h1')].filter(seen);
    if (headings.length !== 1) found.push(`${headings.length} h1`);
    for (const one of document.querySelectorAll('img:not([alt])')) found.push(`no alt: ${short(one)}`);
    const ids = [...document.querySelectorAll('[id]')].filter((one) => !one.closest('svg')).map((one) => one.id);
    for (const id of new Set(ids.filter((id, at) => ids.indexOf(id) !== at))) found.push(`id twice: ${id}`);
    for (const one of document.querySelectorAll('[aria-labelledby], [aria-describedby]:not(.fjs-form *)')) {
        const names = `${one.getAttribute('aria-labelledby') ?? ''} ${one.getAttribute('aria-describedby') ?? ''}`;
        for (const id of names.split(' ').filter(Boolean))
            if (!document.getElementById(id)) found.push(`no such id: ${id} ${short(one)}`);
    }
    if (!document.querySelector('main')) found.push('no main');
    if (!document.documentElement.lang) found.push('no language');
    if (!document.title.includes('规程')) found.push(`title: ${document.title}`);
    return found;
}"""

_CONTRAST = """() => {
    const found = new Set();
    const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
    const rgb = (colour) => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const light = ([r, g, b]) => [r, g, b].reduce((sum, value, at) => {
        const part = value / 255;
        return sum + [0.2126, 0.7152, 0.0722][at] * (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    }, 0);
    const behind = (one) => {
        for (let up = one; up; up = up.parentElement) {
            const colour = rgb(getComputedStyle(up).backgroundColor);
            if (colour[3] > 250) return colour;
        }
        return [255, 255, 255, 255];
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const one = walker.currentNode.parentElement;
        const text = walker.currentNode.textContent.trim();
        if (!text || one.closest('svg, script, [aria-hidden=true], :disabled, .g-sr, .g-skip')) continue;
        if (!one.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
        const style = getComputedStyle(one);
        const [a, b] = [light(rgb(style.color)), light(behind(one))].sort((x, y) => y - x);
        const ratio = (a + 0.05) / (b + 0.05);
        const size = parseFloat(style.fontSize);
        const large = size >= 24 || (size >= 18.6 && style.fontWeight >= 600);
        if (ratio < (large ? 3 : 4.45)) found.add(`${ratio.toFixed(1)}: ${text.slice(0, 20)} .${one.className}`);
    }
    return [...found];
}"""


# A button that has just become usable fades to its colours; what is read half-way is nobody's colour.
_SETTLED = """() => Promise.allSettled(document.getAnimations()
    .filter((one) => one.effect.getComputedTiming().endTime !== Infinity)
    .map((one) => one.finished)).then(() => true)"""


def names(page: Page) -> list[str]:
    """Controls without a name, headings and ids that are wrong."""
    found: list[str] = page.evaluate(_NAMES)
    return found


def contrast(page: Page) -> list[str]:
    """Texts that stand out less than 4.5 : 1 (3 : 1 when large) from what lies behind them."""
    page.evaluate(_SETTLED)
    found: list[str] = page.evaluate(_CONTRAST)
    return found
