// axe, which looks for problems of those who read a page with other means than eyes, or with weak ones.

import assert from 'node:assert/strict';
import axe from 'axe-core';

/** All rules except those about contrast, which depends on what is painted. */
export const RULES = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
  rules: { 'color-contrast': { enabled: false } },
};
/** The rule about contrast. */
export const CONTRAST = { runOnly: ['color-contrast'] };

/** Puts axe into the page, until another one is loaded. */
export const bringAxe = (page) => page.evaluate(axe.source);

/** The kinds of elements on a page. For axe, which does not read the words, pages with the same kinds are alike. Runs in the
    page. */
export function kinds() {
  const kind = (element) => [element.localName, element.getAttribute('class'), ...element.getAttributeNames().sort()].join(' ');
  return [...new Set([...document.querySelectorAll('*')].map(kind))];
}

/** Runs axe in the page. Returns each problem that it found or could not decide as a line. */
export async function judge(page, where, options) {
  const result = await page.evaluate((chosen) => globalThis.axe.run(chosen), options);
  assert.ok(result.passes.length > 0, `axe checked nothing at ${where}`);
  return [...result.violations, ...result.incomplete].flatMap(({ id, nodes }) => nodes
    .map((node) => `${where}: ${id} at ${node.target}: ${node.failureSummary}`));
}
