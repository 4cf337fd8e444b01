// What readers come for, with JavaScript and without: from a word to the resolution to the page of the original.

import { readFileSync } from 'node:fs';
import { accessibilityProblems } from './pages.mjs';

const EXPECTED = new URL('../../../fixtures/intmk/bayern/intmk-13.expected.json', import.meta.url);

export async function checkJourneys(context) {
  for (const javaScript of [true, false]) {
    const name = javaScript ? 'with JavaScript' : 'without JavaScript';
    await journey(context, `${name}: a word leads to its resolution and to the page of the PDF`, { javaScript }, fromWordToOriginal);
    await journey(context, `${name}: choosing and taking back a filter`, { javaScript }, chooseAndTakeBack);
    await journey(context, `${name}: a year of the histogram narrows the result`, { javaScript }, chooseYear);
    await journey(context, `${name}: an empty result leads on`, { javaScript }, emptyResult);
    await journey(context, `${name}: from the conferences down to a resolution and up again`, { javaScript }, downAndUp);
  }
  await journey(context, 'words are suggested while typing', {}, suggestions);
  await journey(context, 'a chosen word stands when an answer comes late', {}, lateAnswer);
  await journey(context, 'the key / goes to the search field', {}, slashKey);
}

async function journey({ base, browser, report }, name, options, walk) {
  const { page, watched, close } = await browser.open(options);
  page.setDefaultTimeout(10_000);
  await report.attempt(name, async () => [...((await walk(page, base)) ?? []), ...watched.problems]);
  await close();
}

async function fromWordToOriginal(page, base) {
  await page.goto(base);
  await page.fill('#q', 'Integrationskurse');
  await page.press('#q', 'Enter');
  await page.waitForURL(/\/suche\?/);
  const hit = page.locator('.hit', { has: page.locator('h3 a[href="/intmk/13/top/2.7"]') });
  const problems = [];
  const text = await hit.innerText();
  if (!text.includes('13. IntMK') || !text.includes('TOP 2.7') || !text.includes('Bayern')) problems.push(`hit says: ${text.slice(0, 80)}`);
  if ((await hit.locator('mark').count()) === 0) problems.push('nothing is marked');
  const snippet = await hit.locator('.snippets a').first().getAttribute('href');
  if (!/^\/intmk\/13\/top\/2\.7#abs-\d+$/.test(snippet ?? '')) problems.push(`snippet leads to ${snippet}`);

  await hit.locator('h3 a').click();
  await page.waitForURL(/\/intmk\/13\/top\/2\.7$/);
  const title = await page.locator('h1').innerText();
  if (!title.includes('Integrationskurse')) problems.push(`title is ${title}`);
  return problems.concat(await originalProblems(page, base));
}

/** The link to the original opens the right page of a file that is a PDF and has the digest it is named by. */
async function originalProblems(page, base) {
  const expected = JSON.parse(readFileSync(EXPECTED, 'utf8')).resolutions.find((resolution) => resolution.label === '2.7');
  const href = await page.locator('a.button').getAttribute('href');
  const [, digest, number] = href?.match(/^\/datei\/([0-9a-f]{64})\.pdf#page=(\d+)$/) ?? [];
  if (Number(number) !== expected.page_from) return [`original is ${href}, expected page ${expected.page_from}`];
  const answer = await fetch(base + href);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const hash = Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex');
  const problems = [];
  if (hash !== digest) problems.push(`the file has the digest ${hash}`);
  if (Buffer.from(bytes.slice(0, 5)).toString() !== '%PDF-') problems.push('the file is no PDF');
  if (answer.headers.get('content-type') !== 'application/pdf') problems.push(`type ${answer.headers.get('content-type')}`);
  return problems;
}

async function total(page) {
  return Number((await page.locator('output').innerText()).replace(/\D/g, ''));
}

async function chooseAndTakeBack(page, base) {
  await page.goto(`${base}/suche?q=Integration`);
  const before = await total(page);
  const facet = page.locator('.facet', { has: page.locator('h3', { hasText: 'Vorsitz' }) });
  const choice = facet.locator('a').first();
  const count = Number((await choice.locator('.facet-count').innerText()).replace(/\D/g, ''));
  await choice.click();
  await page.waitForURL(/vorsitz=/);
  const after = await total(page);
  await page.locator('.active a').first().click();
  await page.waitForURL((url) => !url.search.includes('vorsitz='));
  const problems = [];
  if (after !== count) problems.push(`the facet promised ${count}, there are ${after}`);
  if (after >= before) problems.push(`${before} hits became ${after}`);
  if ((await total(page)) !== before) problems.push('taking the filter back does not bring the hits back');
  return problems;
}

async function chooseYear(page, base) {
  await page.goto(`${base}/suche?q=Integration`);
  const bar = page.locator('.years a').first();
  const count = Number(await bar.locator('.years-count').innerText());
  await bar.click();
  await page.waitForURL(/jahr=\d{4}/);
  const found = await total(page);
  return found === count ? [] : [`the bar promised ${count}, there are ${found}`];
}

async function emptyResult(page, base) {
  await page.goto(`${base}/suche?q=Integration+Quarkspeisenverordnung`);
  const problems = (await total(page)) === 0 ? [] : ['there are hits'];
  const help = await page.locator('.no-hits').innerText();
  if (!help.includes('Quarkspeisenverordnung')) problems.push('the word to blame is not named');
  await page.locator('.no-hits a').first().click();
  await page.waitForURL((url) => !url.search.includes('Quark'));
  if ((await total(page)) === 0) problems.push('the way on leads nowhere');
  return problems;
}

async function downAndUp(page, base) {
  await page.goto(`${base}/konferenzen`);
  await page.locator('.card a[href="/intmk"]').click();
  await page.waitForURL(/\/intmk$/);
  await page.locator('.ledger a[href="/intmk/13"]').click();
  await page.waitForURL(/\/intmk\/13$/);
  await page.locator('.agenda a[href="/intmk/13/top/2.7"]').click();
  await page.waitForURL(/top\/2\.7$/);
  await page.locator('.trail a[href="/intmk"]').click();
  await page.waitForURL(/\/intmk$/);
}

async function suggestions(page, base) {
  await page.goto(base);
  await page.locator('#q').pressSequentially('integr', { delay: 20 });
  await page.locator('.suggestions li').first().waitFor();
  await page.press('#q', 'ArrowDown');
  const problems = await accessibilityProblems(page);
  const active = await page.locator('#q').getAttribute('aria-activedescendant');
  if (active !== 'vorschlag-0') problems.push(`active option is ${active}`);
  await page.press('#q', 'Enter');
  const value = await page.inputValue('#q');
  if (!/^integr\S+ $/i.test(value)) problems.push(`the field says "${value}"`);
  await page.locator('#q').pressSequentially('kur', { delay: 20 });
  await page.locator('.suggestions li').first().waitFor();
  await page.press('#q', 'Escape');
  if (await page.locator('.suggestions').isVisible()) problems.push('Escape does not close the list');
  return problems;
}

/** The list for four letters is shown; the answer for the fifth comes only after the reader has chosen from it. */
async function lateAnswer(page, base) {
  await page.goto(base);
  let release;
  const chosen = new Promise((resolve) => { release = resolve; });
  await page.route(/vorschlaege\?q=integ$/, async (route) => { await chosen; await route.continue(); });
  await page.locator('#q').pressSequentially('inte');
  await page.locator('.suggestions li').first().waitFor();
  const late = page.waitForRequest(/vorschlaege\?q=integ$/);
  await page.locator('#q').press('g');
  await late;
  await page.press('#q', 'ArrowDown');
  const answered = page.waitForResponse(/vorschlaege\?q=integ$/);
  release();
  await answered;
  await page.press('#q', 'Enter');
  const value = await page.inputValue('#q');
  return /^integ\S+ $/i.test(value) ? [] : [`the field says "${value}"`];
}

async function slashKey(page, base) {
  await page.goto(base);
  await page.locator('h1').click();
  await page.keyboard.press('/');
  const focused = await page.evaluate(() => document.activeElement?.id);
  return focused === 'q' && (await page.inputValue('#q')) === '' ? [] : [`focus is on ${focused}`];
}
