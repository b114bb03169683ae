import type { Content } from 'pdfmake'
import type { Column } from 'pdfmake/interfaces'
import type { CaseReport, KeyPicture } from '../../domain/report'
import { COLOUR, CONTENT_WIDTH } from './theme'

const GAP = 14
/** Height for all rows of the page, its heading and its note taken off, in points. */
const ROOM = 640
/** Words under a picture: title, caption, how it was shown; and each further line of the latter two, points. */
const WORDS = { height: 46, line: 11, letter: 4.6 } as const
/** A picture is never lower than this: long captions go over to a further page before. */
const LOWEST = 110

export const keyPictureName = (index: number): string => `key${index}`

/** A page with the views that the reader kept, further ones for long captions of many; nothing where there are none. */
export function keyImagesPage({ keyImages }: CaseReport): Content[] {
  if (keyImages.length === 0) return []
  const columns = keyImages.length === 1 ? 1 : keyImages.length <= 6 ? 2 : 3
  const rows = Math.ceil(keyImages.length / columns)
  const width = (CONTENT_WIDTH - GAP * (columns - 1)) / columns
  const box: [number, number] = [width, Math.max(LOWEST, ROOM / rows - wordsUnder(keyImages, width))]
  return [
    { text: 'Key images', style: 'heading', pageBreak: 'before' },
    ...Array.from({ length: rows }, (_, row): Content => {
      const cells = keyImages.slice(row * columns, (row + 1) * columns)
      const filled = cells.map((image, i) => cell(image, row * columns + i, { width, box }))
      const empty = Array.from({ length: columns - cells.length }, (): Column => ({ width, text: '' }))
      return { columns: [...filled, ...empty], columnGap: GAP, margin: [0, 0, 0, 10], unbreakable: true }
    }),
    {
      text: 'As they stood on the reader’s screen, JPEG. Window and level, turn and what is drawn on them are the reader’s.',
      style: 'small',
    },
  ]
}

/** Height of the longest words under any of the pictures. */
function wordsUnder(keyImages: readonly KeyPicture[], width: number): number {
  const further = ({ caption, shownAs }: KeyPicture) =>
    [caption, shownAs].reduce((lines, { length }) => lines + Math.floor((length * WORDS.letter) / width), 0)
  return WORDS.height + WORDS.line * Math.max(...keyImages.map(further))
}

function cell(
  { title, caption, shownAs }: KeyPicture,
  index: number,
  { width, box }: { width: number; box: [number, number] },
): Column {
  const words: Content[] = [
    { text: `${index + 1}. ${title}`, bold: true, fontSize: 8, margin: [0, 4, 0, 0] },
    { text: caption, fontSize: 8.5, color: COLOUR.ink, margin: [0, 1, 0, 0] },
    { text: shownAs, style: 'label', margin: [0, 1, 0, 0] },
  ]
  return { width, stack: [{ image: keyPictureName(index), fit: box }, ...words] }
}
