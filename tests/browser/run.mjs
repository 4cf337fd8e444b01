// Runs all checks against a server that is already running:
//   node tests/browser/run.mjs --base http://127.0.0.1:PORT [--artefacts DIR] [--only WORD]
// Needs Debian's chromium; prints "N passed, M failed" at its end and exits non-zero on failure.

import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { Browser } from './lib/browser.mjs';
import { Report } from './lib/report.mjs';
import { checkPages } from './lib/pages.mjs';
import { checkMarkup } from './lib/markup.mjs';
import { checkJourneys } from './lib/journeys.mjs';
import { checkKeyboard } from './lib/keyboard.mjs';
import { takeScreenshots } from './lib/screenshots.mjs';

const { values } = parseArgs({
  options: {
    base: { type: 'string' },
    artefacts: { type: 'string', default: fileURLToPath(new URL('artefacts', import.meta.url)) },
    only: { type: 'string', default: '' },
  },
});
if (!values.base) {
  console.error('usage: node run.mjs --base http://127.0.0.1:PORT [--artefacts DIR] [--only WORD]');
  process.exit(2);
}

const base = values.base.replace(/\/$/, '');
const report = new Report();
const browser = await Browser.launch(base);
const suites = { pages: checkPages, markup: checkMarkup, journeys: checkJourneys, keyboard: checkKeyboard, screenshots: takeScreenshots };
try {
  for (const [name, suite] of Object.entries(suites)) {
    if (name.includes(values.only)) await suite({ base, browser, report, artefacts: values.artefacts });
  }
} finally {
  await browser.close();
}
process.exit(report.finish());
