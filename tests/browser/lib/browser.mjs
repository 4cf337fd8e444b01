// The browser: Debian's chromium, told to talk to nobody, and pages that write down what they do.

import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const EXECUTABLE = '/usr/bin/chromium';
const FLAGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

export class Browser {
  constructor(browser, base) {
    this.browser = browser;
    this.origin = new URL(base).origin;
  }

  static async launch(base) {
    if (!existsSync(EXECUTABLE)) throw new Error(`${EXECUTABLE} is missing; install Debian's package chromium`);
    const browser = await chromium.launch({ executablePath: EXECUTABLE, args: FLAGS, headless: true });
    return new Browser(browser, base);
  }

  close() {
    return this.browser.close();
  }

  /** Opens a page in a fresh context; `watched.problems` gathers what no page may do. */
  async open({ scheme = 'light', width = 1280, height = 900, javaScript = true } = {}) {
    const context = await this.browser.newContext({
      colorScheme: scheme, viewport: { width, height }, javaScriptEnabled: javaScript, locale: 'de-DE',
      // Smooth scrolling would let checks look at a page that is still moving.
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    const watched = { problems: [] };
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.protocol.startsWith('http') && url.origin !== this.origin) watched.problems.push(`request to ${url.origin}`);
    });
    page.on('console', (message) => {
      // The browser itself reports the status of a page that is meant to be missing.
      const text = message.text();
      if (message.type() === 'error' && !text.startsWith('Failed to load resource')) watched.problems.push(`console: ${text}`);
    });
    page.on('pageerror', (error) => watched.problems.push(`script: ${error.message}`));
    if (javaScript) {
      await context.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', (event) => {
          console.error(`content security policy: ${event.violatedDirective} ${event.blockedURI}`);
        });
      });
    }
    const cookies = async () => (await context.cookies()).map((cookie) => `cookie ${cookie.name}`);
    return { page, watched, cookies, close: () => context.close() };
  }
}
