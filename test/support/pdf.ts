import { readFile } from 'node:fs/promises'
import { OPS, getDocument, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'

export interface ReadPdf {
  /** Text a page, words separated by single spaces. */
  readonly pages: readonly string[]
  /** Size of the first page, points. */
  readonly size: readonly [number, number]
  readonly metadata: Readonly<Record<string, unknown>>
  readonly attachments: unknown
  /** Colour ("#rrggbb") in which the first text that contains the words is drawn; undefined where there is none. */
  colourOf(words: string): Promise<string | undefined>
}

/** Reads a PDF back as another program sees it. */
export async function readPdf(file: string): Promise<ReadPdf> {
  const pdf = await getDocument({ data: new Uint8Array(await readFile(file)), useSystemFonts: true }).promise
  const all = await Promise.all(Array.from({ length: pdf.numPages }, (_, i) => pdf.getPage(i + 1)))
  const [first] = all
  if (first === undefined) throw new Error('a PDF without pages')
  const { info, metadata } = await pdf.getMetadata()
  const [, , width = 0, height = 0] = first.view
  return {
    pages: await Promise.all(all.map(pageText)),
    size: [width, height],
    metadata: { info, xmp: metadata },
    attachments: await pdf.getAttachments(),
    async colourOf(words) {
      for (const page of all) {
        const colour = await colourOnPage(page, words)
        if (colour !== undefined) return colour
      }
      return undefined
    },
  }
}

async function pageText(page: PDFPageProxy): Promise<string> {
  const { items } = await page.getTextContent()
  const strings = items.map((item) => ('str' in item ? item.str + (item.hasEOL ? ' ' : '') : ''))
  return strings.join('').replace(/\s+/g, ' ')
}

/** Follows fill colours and text through the page's drawing operators; a line of text is one or more of them. */
async function colourOnPage(page: PDFPageProxy, words: string): Promise<string | undefined> {
  const { fnArray, argsArray } = await page.getOperatorList()
  let colour = '#000000'
  let line = { colour, text: '' }
  for (let i = 0; i < fnArray.length; i++) {
    const args: unknown = argsArray[i]
    if (fnArray[i] === OPS.setFillRGBColor) colour = colourOfArguments(args)
    if (fnArray[i] !== OPS.showText) continue
    line = line.colour === colour ? { colour, text: line.text + shownText(args) } : { colour, text: shownText(args) }
    if (line.text.includes(words)) return colour
  }
  return undefined
}

function colourOfArguments(args: unknown): string {
  const values: unknown[] = args !== null && typeof args === 'object' ? Object.values(args) : []
  if (typeof values[0] === 'string') return values[0]
  return `#${values.map((value) => Number(value).toString(16).padStart(2, '0')).join('')}`
}

function shownText(args: unknown): string {
  const glyphs: unknown = Array.isArray(args) ? args[0] : []
  if (!Array.isArray(glyphs)) return ''
  return glyphs
    .map((glyph: unknown) =>
      glyph !== null && typeof glyph === 'object' && 'unicode' in glyph && typeof glyph.unicode === 'string'
        ? glyph.unicode
        : '',
    )
    .join('')
}
