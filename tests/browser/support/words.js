// The files of sentences in words/, and two made-up languages for tests: one longer than any real one, one written from
// right to left. A site reads them as sentences of its owner, in place of the language that the file is named after.

import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

const FOLDER = path.resolve(import.meta.dirname, '../../../words');

/** The codes of all languages. */
export const LANGUAGES = readdirSync(FOLDER).filter((file) => file.endsWith('.ftl')).map((file) => path.basename(file, '.ftl')).sort();

/** The file of a language. */
export const source = (code) => readFileSync(path.join(FOLDER, `${code}.ftl`), 'utf8');

/** The direction of the language of a file: `ltr` or `rtl`. */
export const direction = (ftl) => /^language-direction = (\w+)$/m.exec(ftl)[1];

const isComment = (line) => line.startsWith('#');

/** How many characters a file has without its comments. The keys are the same in every language. */
export const size = (ftl) => ftl.split('\n').filter((line) => !isComment(line)).join('').length;

/** The language whose sentences are longest, other than English. */
export const longestLanguage = () => LANGUAGES.filter((code) => code !== 'en').reduce((a, b) => (size(source(b)) > size(source(a)) ? b : a));

const PLAIN = 'abcdefghijklmnopqrstuvwxyz';
const ACCENTED = [...'åƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž'];
const HEBREW = [...'אבגדהוזחטיכלמנסעפצקרשתךםןף'];

/** The words of a sentence in other letters. Some are doubled, which makes English 40 % longer. */
function inLetters(letters, text) {
  return text.replace(/[a-z]/gi, (letter) => {
    const other = letters[PLAIN.indexOf(letter.toLowerCase())];
    const cased = letter < 'a' ? other.toUpperCase() : other;
    return /[aeiouyn]/i.test(letter) ? cased + cased.toLowerCase() : cased;
  });
}

/** Changes the words of all sentences in a file, but no keys, variables and choices. */
function changed(ftl, change) {
  return ftl.split('\n').map((line) => {
    if (isComment(line)) return line;
    const [, head, rest] = /^([a-z][\w-]* *= *| *(?:\*?\[[^\]]*\] *)?)(.*)$/.exec(line);
    // What stands in braces, and a choice, which begins with an open one, stay as they are.
    return head + rest.split(/(\{[^{}]*\}?|\})/).map((part, i) => (i % 2 === 0 ? change(part) : part)).join('');
  }).join('\n');
}

function madeUp(letters, to) {
  const words = changed(source('en'), (text) => inLetters(letters, text));
  return words.replace(/^language-direction = .*$/m, `language-direction = ${to}`);
}

/** English in accented letters, 40 % longer. */
export const long = () => madeUp(ACCENTED, 'ltr');
/** English in Hebrew letters, as long, and written from right to left. */
export const rightToLeft = () => madeUp(HEBREW, 'rtl');
