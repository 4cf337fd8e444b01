// The markup of every kind of page, as the server sends it, is valid; and it is small.

import { gzipSync } from 'node:zlib';
import { HtmlValidate } from 'html-validate';
import { ADDRESSES } from './addresses.mjs';

const LIMIT_GZIP_BYTES = 30_000;

const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended'],
  rules: {
    // Titles of resolutions are as long as they are.
    'long-title': 'off',
    // The template writes the doctype in capitals and one element per line.
    'doctype-style': 'off',
    'no-trailing-whitespace': 'off',
    // All assets come from the same origin under names that tell their content.
    'require-sri': 'off',
  },
});

export async function checkMarkup({ base, report }) {
  for (const [name, path] of Object.entries(ADDRESSES)) {
    await report.attempt(`${name}: valid markup`, async () => {
      const html = await (await fetch(base + path)).text();
      const { results } = await validator.validateString(html);
      return results.flatMap((result) => result.messages.map((message) => `${message.line}: ${message.ruleId}: ${message.message}`));
    });
    await report.attempt(`${name}: small`, async () => {
      const size = gzipSync(await (await fetch(base + path)).text()).length;
      return size <= LIMIT_GZIP_BYTES ? [] : [`${size} bytes gzipped`];
    });
  }
  await report.attempt('style and script are small and kept for long', () => assetProblems(base));
}

async function assetProblems(base) {
  const html = await (await fetch(base)).text();
  const limits = { style: 15_000, script: 10_000 };
  const problems = [];
  for (const [name, limit] of Object.entries(limits)) {
    const address = html.match(new RegExp(`/assets/${name}\\.[0-9a-f]+\\.\\w+`))?.[0];
    const answer = await fetch(base + address);
    const size = gzipSync(await answer.text()).length;
    if (size > limit) problems.push(`${address} has ${size} bytes gzipped`);
    if (!/immutable/.test(answer.headers.get('cache-control') ?? '')) problems.push(`${address} is not kept`);
  }
  return problems;
}
