// Pictures of the main pages, to be looked at by people.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ADDRESSES } from './addresses.mjs';
import { inParallel } from './parallel.mjs';

const PICTURED = ['start', 'results', 'nothing', 'resolution', 'meeting', 'conference', 'holdings', 'help', 'notFound'];
const WIDTHS = [320, 768, 1440];

export async function takeScreenshots({ base, browser, report, artefacts }) {
  mkdirSync(artefacts, { recursive: true });
  await inParallel(PICTURED, async (name) => {
    const { page, close } = await browser.open();
    await page.goto(base + ADDRESSES[name]);
    for (const colorScheme of ['light', 'dark']) {
      for (const width of WIDTHS) {
        await report.attempt(`picture of ${name}, ${colorScheme}, ${width}`, async () => {
          await page.emulateMedia({ colorScheme });
          await page.setViewportSize({ width, height: 900 });
          await page.screenshot({ path: join(artefacts, `${name}-${colorScheme}-${width}.png`), fullPage: true });
          return [];
        });
      }
    }
    await close();
  });
}
