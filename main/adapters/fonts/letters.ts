import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

interface Fontkit {
  openSync(file: string): { hasGlyphForCodePoint(code: number): boolean }
}

/** Which characters a font has a picture for. Its reader is pdfkit's own, and loaded with the first report. */
export function lettersOf(file: string): (character: string) => boolean {
  const fontkit: Fontkit = require('fontkit')
  const font = fontkit.openSync(file)
  return (character) => font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0)
}
