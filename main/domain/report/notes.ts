/** Invisible characters that change the order or the look of what follows (controls, bidirectional overrides). */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const INVISIBLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/g

/** The reader's own text as paragraphs: every visible character kept, nothing interpreted. */
export function paragraphs(text: string): string[] {
  return text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(INVISIBLE, '')
    .replaceAll('\t', '    ')
    .trim()
    .split(/\n/)
    .map((line) => line.trimEnd())
    .filter((line, index, lines) => line !== '' || lines[index - 1] !== '')
    .filter((_, __, lines) => lines.some((line) => line !== ''))
}

/** A name or other short text on one line. */
export function oneLine(text: string): string {
  return paragraphs(text).join(' ')
}
