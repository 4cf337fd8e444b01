// Every kind of page, light and dark: accessibility, privacy, policy, and no overflow on a narrow screen.

import { createRequire } from 'node:module';
import { ADDRESSES } from './addresses.mjs';
import { inParallel } from './parallel.mjs';

const { source: axeSource } = createRequire(import.meta.url)('axe-core');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export async function checkPages({ base, browser, report }) {
  await inParallel(Object.entries(ADDRESSES), ([name, path]) => checkPage({ base, browser, report }, name, path));
}

async function checkPage({ base, browser, report }, name, path) {
  const { page, watched, cookies, close } = await browser.open();
  await report.attempt(`${name}: opens`, () => page.goto(base + path).then(() => []));
  for (const [width, colorScheme] of [[1280, 'light'], [1280, 'dark'], [320, 'light']]) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await report.attempt(`${name}, ${width}, ${colorScheme}: accessibility`, () => accessibilityProblems(page));
  }
  for (const width of [320, 640]) {
    await page.setViewportSize({ width, height: 640 });
    await report.attempt(`${name}: fits ${width} pixels`, () => overflowProblems(page, width));
  }
  await report.attempt(`${name}: no cookies`, cookies);
  report.check(`${name}: no third party, no policy violation, no script error`, watched.problems);
  await report.attempt(`${name}: headers`, () => headerProblems(base + path));
  await close();
}

/** Returns axe's violations on the page as it is now. */
export async function accessibilityProblems(page) {
  await page.evaluate(axeSource);
  const result = await page.evaluate((tags) => globalThis.axe.run(document, { runOnly: { type: 'tag', values: tags } }), RULES);
  return result.violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${node.target.join(' ')} ${node.failureSummary?.split('\n')[1]?.trim() ?? ''}`));
}

/** Returns the elements that stick out of a screen of this width, scrollable boxes aside. */
function overflowProblems(page, width) {
  return page.evaluate((limit) => {
    if (document.documentElement.scrollWidth <= limit) return [];
    const scrolled = (element) => element.closest('.table-scroll, .years-scroll');
    return [...document.body.querySelectorAll('*')]
      .filter((element) => element.getBoundingClientRect().right > limit + 1 && !scrolled(element))
      .map((element) => `${element.tagName.toLowerCase()}.${element.className} reaches ${Math.round(element.getBoundingClientRect().right)}`)
      .concat(`page is ${document.documentElement.scrollWidth} wide`);
  }, width);
}

async function headerProblems(address) {
  const { headers } = await fetch(address);
  const expected = {
    'content-security-policy': /default-src 'none'.*frame-ancestors 'none'/,
    'x-content-type-options': /^nosniff$/,
    'referrer-policy': /^no-referrer$/,
    'content-type': /^text\/html; charset=utf-8$/,
  };
  const problems = Object.entries(expected)
    .filter(([name, pattern]) => !pattern.test(headers.get(name) ?? ''))
    .map(([name]) => `${name} is ${headers.get(name)}`);
  if (headers.get('set-cookie')) problems.push('sets a cookie');
  return problems;
}
