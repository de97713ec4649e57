// Takes screenshots of all pages and their states, light and dark, narrow and wide. CONTRIBUTING.md says which are missing:
//   npm run screenshots -- FOLDER
// Takes the two screenshots for the README:
//   npm run screenshots -- --readme

import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { startBrowser } from './support/browser.js';
import { eachState, startStates } from './support/states.js';

const README = {
  folder: path.resolve(import.meta.dirname, '../../docs/images'),
  pictures: [['login', 'light'], ['profile', 'dark']],
};
const NARROW = { width: 375, height: 667 };
const WIDE = { width: 1280, height: 800 };

const [argument] = process.argv.slice(2);
if (!argument) {
  console.error('The folder is missing. Type: npm run screenshots -- FOLDER (or --readme)');
  process.exit(2);
}
const readme = argument === '--readme';
const folder = readme ? README.folder : path.resolve(process.env.INIT_CWD ?? '.', argument);
await mkdir(folder, { recursive: true });

const shown = (name, scheme) => !readme || README.pictures.some(([state, itsScheme]) => state === name && [itsScheme, undefined].includes(scheme));
const states = await startStates();
const browser = await startBrowser();
let written = 0;
const options = { viewport: WIDE, reducedMotion: 'reduce' };
try {
  await eachState(browser, states, options, async (name, page) => {
    for (const colorScheme of ['light', 'dark']) {
      if (!shown(name, colorScheme)) continue;
      await page.emulateMedia({ colorScheme });
      for (const size of readme ? [WIDE] : [NARROW, WIDE]) {
        await page.setViewportSize(size);
        const file = [name.replaceAll(' ', '-'), colorScheme, ...(readme ? [] : [size.width])].join('-');
        await page.screenshot({ path: path.join(folder, `${file}.png`), fullPage: !readme, animations: 'disabled' });
        written += 1;
      }
    }
  }, (name) => shown(name));
} finally {
  await browser.close();
  await states.stop();
}
console.log(`${written} screenshots in ${folder}`);
