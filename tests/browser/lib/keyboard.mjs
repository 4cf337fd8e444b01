// The keyboard alone: a skip link first, every stop visible and in the order of the page, no trap.

import { inParallel } from './parallel.mjs';

const PAGES = ['/', '/suche?q=Integrationskurse', '/intmk/13/top/2.7', '/intmk/13', '/bestand'];
const MOST_STOPS = 400;

export async function checkKeyboard({ base, browser, report }) {
  const walks = PAGES.flatMap((path) => [360, 1280].map((width) => ({ path, width })));
  await inParallel(walks, async ({ path, width }) => {
    const { page, close } = await browser.open({ width });
    await page.goto(base + path);
    await report.attempt(`${path} at ${width}: skip link`, () => skipLinkProblems(page));
    await page.goto(base + path);
    await report.attempt(`${path} at ${width}: order and visible focus`, () => walkProblems(page));
    await close();
  });
}

async function skipLinkProblems(page) {
  await page.keyboard.press('Tab');
  const first = await page.evaluate(() => {
    const box = document.activeElement.getBoundingClientRect();
    return { href: document.activeElement.getAttribute('href'), top: box.top, bottom: box.bottom };
  });
  if (first.href !== '#inhalt') return [`the first stop leads to ${first.href}`];
  const problems = first.top >= 0 && first.bottom > 0 ? [] : ['the skip link is not visible when focused'];
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  const inside = await page.evaluate(() => document.activeElement.closest('main') !== null);
  return inside ? problems : [...problems, 'the next stop is not inside the content'];
}

/** Walks through all stops of the page with the Tab key. */
async function walkProblems(page) {
  const problems = [];
  await page.evaluate(() => { globalThis.lastStop = null; });
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    const seen = await page.evaluate(lookAtStop);
    if (seen === null) return stop > 5 ? problems : [...problems, `only ${stop} stops`];
    problems.push(...seen);
  }
  return [...problems, `more than ${MOST_STOPS} stops, or a trap`];
}

/** Runs in the page: what is wrong with the element that has the focus now; null at the end of the page. */
function lookAtStop() {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const name = `${element.tagName.toLowerCase()} "${(element.textContent || element.name || '').trim().slice(0, 30)}"`;
  const problems = [];
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) problems.push(`${name}: focus is not visible`);
  if (box.width === 0 || box.height === 0) problems.push(`${name}: has no size`);
  if (box.bottom < 0 || box.top > innerHeight) problems.push(`${name}: is outside of the window`);
  if (element.tabIndex > 0) problems.push(`${name}: has a tab index of its own`);
  const last = globalThis.lastStop;
  if (last && !(last.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING)) {
    // The browser begins anew at the top of the page: the walk is over.
    return null;
  }
  globalThis.lastStop = element;
  return problems;
}
