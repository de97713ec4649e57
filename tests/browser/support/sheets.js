// Contact sheets: many screenshots in one picture, to look at all pages at once.

import { writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Sheets of about this size keep their letters readable where a picture is made smaller to fit a screen. */
const WIDTH = 1920;
const HEIGHT = 1400;
/** The width of a narrow and of a wide picture on a sheet. */
const COLUMN = { narrow: 260, wide: 464 };
const GAP = 12;
const CAPTION = 18;

/** Width and height of a PNG, which its header begins with. */
const sizeOf = (png) => [png.readUInt32BE(16), png.readUInt32BE(20)];

/** The column of a picture on a sheet, and its height there. */
function placed(png) {
  const [width, height] = sizeOf(png);
  const column = width < 800 ? COLUMN.narrow : COLUMN.wide;
  return { column, height: (height * column) / width + CAPTION + GAP };
}

/** Pictures as lists that fill a sheet each. A sheet is filled column by column. */
function pages(pictures) {
  const lists = [[]];
  let [columns, height] = [1, 0];
  for (const picture of pictures) {
    const { column, height: more } = placed(picture.png);
    if (height > 0 && height + more > HEIGHT) [columns, height] = [columns + 1, 0];
    if (columns > Math.floor(WIDTH / (column + GAP))) {
      lists.push([]);
      [columns, height] = [1, 0];
    }
    height += more;
    lists.at(-1).push({ ...picture, column, columns });
  }
  return lists;
}

/** A sheet as HTML. */
function html(list) {
  const figure = ({ name, png, column }) => `<figure><figcaption>${name}</figcaption>
    <img src="data:image/png;base64,${png.toString('base64')}" width="${column}"></figure>`;
  const column = (number) => `<div>${list.filter(({ columns }) => columns === number).map(figure).join('')}</div>`;
  const numbers = [...new Set(list.map(({ columns }) => columns))];
  return `<!doctype html><meta charset="utf-8"><style>
    body { display: flex; align-items: start; gap: ${GAP}px; width: max-content; margin: ${GAP}px; background: #888; font: 12px/${CAPTION}px sans-serif }
    figure { margin: 0 0 ${GAP}px } figcaption { color: #fff } img { display: block }
  </style>${numbers.map(column).join('')}`;
}

/**
 * Writes the sheets as `sheet-NAME-1.png` and so on.
 * @param {{name: string, png: Buffer, sheet: string}[]} pictures with the name of the page, and of the sheet
 * @returns {Promise<number>} how many sheets there are
 */
export async function makeSheets(browser, pictures, folder) {
  const page = await browser.newPage();
  let written = 0;
  for (const sheet of new Set(pictures.map((picture) => picture.sheet))) {
    for (const [i, list] of pages(pictures.filter((picture) => picture.sheet === sheet)).entries()) {
      await page.setViewportSize({ width: WIDTH + 2 * GAP, height: 400 });
      await page.setContent(html(list));
      await writeFile(path.join(folder, `sheet-${sheet}-${i + 1}.png`), await page.screenshot({ fullPage: true }));
      written += 1;
    }
  }
  await page.close();
  return written;
}
