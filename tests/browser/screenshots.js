// Takes screenshots of all pages and their states, light and dark, narrow and wide, in English and in the longest language,
// and puts them together on sheets. CONTRIBUTING.md says which pages are missing:
//   npm run screenshots -- FOLDER
// Takes the two screenshots for the README:
//   npm run screenshots -- --readme

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { NO_LANGUAGE, readAgain } from './support/again.js';
import { startBrowser } from './support/browser.js';
import { makeSheets } from './support/sheets.js';
import { eachState, startStates } from './support/states.js';
import { longestLanguage } from './support/words.js';

const README = {
  folder: path.resolve(import.meta.dirname, '../../docs/images'),
  pictures: [['login', 'light'], ['profile', 'dark']],
};
const SCHEMES = ['light', 'dark'];
const NARROW = { width: 375, height: 667 };
const WIDE = { width: 1280, height: 800 };

/** Takes the screenshots for the README. Returns how many. */
async function forReadme(browser, states) {
  const { folder, pictures } = README;
  await eachState(browser, states, { viewport: WIDE, reducedMotion: 'reduce' }, async (name, page) => {
    for (const [, colorScheme] of pictures.filter(([state]) => state === name)) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: path.join(folder, `${name}-${colorScheme}.png`), animations: 'disabled' });
    }
  }, (name) => pictures.some(([state]) => state === name));
  return pictures.length;
}

/** Takes all screenshots, and makes the sheets. Each language has a folder. Returns how many files there are. */
async function ofAll(browser, states, folder) {
  const languages = ['en', longestLanguage()];
  for (const code of languages) await mkdir(path.join(folder, code), { recursive: true });
  const pictures = [];
  await eachState(browser, states, { reducedMotion: 'reduce', locale: NO_LANGUAGE }, async (name, page, answer) => {
    for (const code of languages) {
      if (code !== 'en') await readAgain(page, answer, code);
      for (const colorScheme of SCHEMES) {
        await page.emulateMedia({ colorScheme });
        for (const size of [NARROW, WIDE]) {
          await page.setViewportSize(size);
          const png = await page.screenshot({ fullPage: true, animations: 'disabled' });
          const file = `${name.replaceAll(' ', '-')}-${colorScheme}-${size.width}.png`;
          await writeFile(path.join(folder, code, file), png);
          pictures.push({ name, png, sheet: `${size.width}-${colorScheme}-${code}` });
        }
      }
    }
  });
  return pictures.length + await makeSheets(browser, pictures, folder);
}

const [argument] = process.argv.slice(2);
if (!argument) {
  console.error('The folder is missing. Type: npm run screenshots -- FOLDER (or --readme)');
  process.exit(2);
}
const readme = argument === '--readme';
const folder = readme ? README.folder : path.resolve(process.env.INIT_CWD ?? '.', argument);
const states = await startStates();
const browser = await startBrowser();
try {
  const written = readme ? await forReadme(browser, states) : await ofAll(browser, states, folder);
  console.log(`${written} pictures in ${folder}`);
} finally {
  await browser.close();
  await states.stop();
}
