// Where the quick reader stands in a text, and how it passes over blanks, comments, words and strings.

/** A text without faults, and the place where it is read on. */
export interface PlainText {
  readonly text: string;
  at: number;
}

export const codes = {
  tab: 0x09,
  newline: 0x0a,
  return: 0x0d,
  space: 0x20,
  bang: 0x21,
  quote: 0x22,
  hash: 0x23,
  openParen: 0x28,
  closeParen: 0x29,
  star: 0x2a,
  comma: 0x2c,
  minus: 0x2d,
  dot: 0x2e,
  slash: 0x2f,
  colon: 0x3a,
  less: 0x3c,
  equals: 0x3d,
  question: 0x3f,
  openBracket: 0x5b,
  closeBracket: 0x5d,
  openBrace: 0x7b,
  closeBrace: 0x7d,
} as const;

// Names in other letters are left to the parser.
const word = /[A-Za-z_][\w-]*(?![\w\u0080-\uffff-])/y;
const plainString = /"[^"\\$%\n]*(?:(?:\\.|[$%](?!\{))[^"\\$%\n]*)*"/y;

/** Passes over a word. @returns its end */
export const readWord = (reading: PlainText): number | undefined => match(reading, word);

/** Passes over a string without interpolations. @returns its end */
export const skipQuoted = (reading: PlainText): number | undefined => match(reading, plainString);

/** Passes over what a sticky pattern matches here. @returns its end */
export function match(reading: PlainText, pattern: RegExp): number | undefined {
  pattern.lastIndex = reading.at;
  if (!pattern.test(reading.text)) return undefined;
  reading.at = pattern.lastIndex;
  return reading.at;
}

/** Passes over blanks and comments within a line. */
export function skipBlanks(reading: PlainText): void {
  const { text } = reading;
  for (;;) {
    const code = text.charCodeAt(reading.at);
    if (code === codes.space || code === codes.tab) reading.at++;
    else if (code === codes.slash && text.charCodeAt(reading.at + 1) === codes.star)
      reading.at = behind(text, "*/", reading.at + 2);
    else return;
  }
}

/** Passes over blanks, line ends and comments. */
export function skipSpace(reading: PlainText): void {
  const { text } = reading;
  for (;;) {
    skipBlanks(reading);
    const code = text.charCodeAt(reading.at);
    if (code === codes.newline || code === codes.return) reading.at++;
    else if (code === codes.hash || (code === codes.slash && text.charCodeAt(reading.at + 1) === codes.slash))
      reading.at = behind(text, "\n", reading.at);
    else return;
  }
}

function behind(text: string, end: string, from: number): number {
  const at = text.indexOf(end, from);
  return at < 0 ? text.length : at + end.length;
}
