/** Invisible characters that change the order or the look of what follows (controls, bidirectional overrides). */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const INVISIBLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/g

/** So much without a space is no word: setting 20,000 letters of it took more than a minute. */
const ENDLESS = /\S{60}(?=\S)(?!\p{M})/gu
const MAY_BREAK = '\u200b'

/**
 * The reader's own text as paragraphs: every visible character kept, nothing interpreted. What has no space for long may be
 * broken.
 */
export function paragraphs(text: string): string[] {
  return text
    .normalize('NFC')
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(INVISIBLE, '')
    .replaceAll('\t', '    ')
    .replace(ENDLESS, `$&${MAY_BREAK}`)
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
