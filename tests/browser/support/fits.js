// What does not fit on a page. Each function runs in the page, so it uses nothing from outside of it.

/** Elements that stick out of the page. */
export function spills() {
  const width = document.documentElement.clientWidth;
  const wide = document.scrollingElement.scrollWidth > width ? [`the page is ${document.scrollingElement.scrollWidth} wide`] : [];
  const out = [...document.querySelectorAll('body *:not(.skip)')].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && (box.left < -0.5 || box.right > width + 0.5);
  });
  return [...wide, ...out.map((element) => `${element.localName} "${element.textContent.trim().slice(0, 20)}" sticks out`)];
}

/** Text that is cut off, sticks out of its box, lies below a button, or has so little room that words break. */
export function cuts() {
  const canvas = document.createElement('canvas').getContext('2d');
  const name = (element) => `${element.localName} "${(element.textContent.trim() || element.name || '').slice(0, 30)}"`;
  const isFilled = (element) => element.matches('input, select, textarea');
  const shown = [...document.querySelectorAll('body *:not(.skip)')].filter((element) => element.clientWidth > 0);
  const found = shown.filter((element) => !isFilled(element) && element.scrollWidth > element.clientWidth + 1)
    .map((element) => `${name(element)} is ${element.scrollWidth - element.clientWidth} px too wide`);
  found.push(...shown.filter((element) => element.matches('button, .primary, .quiet, .tag') && element.scrollHeight > element.clientHeight + 1)
    .map((element) => `${name(element)} is too high`));
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const range = document.createRange();
    // Longer words may break, and so may addresses.
    for (const { 0: word, index } of texts.currentNode.data.matchAll(/(?<!\S)\p{L}{2,12}(?=[\s.,:;!?]|$)/gu)) {
      range.setStart(texts.currentNode, index);
      range.setEnd(texts.currentNode, index + word.length);
      if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) found.push(`"${word}" is broken`);
    }
  }
  for (const element of shown.filter(isFilled)) {
    const style = getComputedStyle(element);
    const [left, right] = [style.paddingLeft, style.paddingRight].map(parseFloat);
    const box = element.getBoundingClientRect();
    const room = element.clientWidth - left - right;
    const arrow = element.localName === 'select' ? 20 : 0;
    const text = element.localName === 'select' ? element.selectedOptions[0]?.text : !element.value && element.placeholder;
    canvas.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    if (text && canvas.measureText(text).width + arrow > room + 1) found.push(`"${text}" is cut off in ${element.name}`);
    const button = element.parentElement.querySelector('.reveal')?.getBoundingClientRect();
    if (button && button.left < box.right - right && button.right > box.left + left) {
      found.push(`the button in ${element.name} lies on what is typed`);
    }
  }
  return found;
}

/** Shows all passwords, and begins to type new ones: there are other words then. */
export function showMore() {
  for (const button of document.querySelectorAll('.reveal')) button.click();
  for (const input of document.querySelectorAll('input[data-least]')) {
    input.value = 'x';
    input.dispatchEvent(new Event('input'));
  }
}

/**
 * Everything that does not fit on a phone, also once passwords are shown. Runs outside of the page.
 * @param {import('playwright-core').Page} page
 */
export async function onPhone(page) {
  await page.setViewportSize({ width: 375, height: 667 });
  const found = [...await page.evaluate(spills), ...await page.evaluate(cuts)];
  await page.evaluate(showMore);
  return [...found, ...await page.evaluate(spills), ...await page.evaluate(cuts)];
}
