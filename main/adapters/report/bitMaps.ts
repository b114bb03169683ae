import type { Content } from 'pdfmake'
import type { Column } from 'pdfmake/interfaces'
import type { CaseReport } from '../../domain/report'
import { layerBars } from './layerBars'
import { heading } from './parts'
import { colourBar } from './svg'
import { CONTENT_WIDTH } from './theme'

const GAP = 16
/** Of a map where three stand in the row, points, and between them. */
const SMALL = { width: 88, gap: 10 } as const

/** The bit maps that the first row has no place for, on one scale; the distances layer by layer. */
export function mapsAndLayers(report: CaseReport): Content {
  const [title, maps] = report.pictures.detail === null ? twoMaps() : threeMaps(report.pictures)
  const taken = maps.reduce((sum, { width }) => sum + width + GAP, 0)
  const bars: Column = {
    width: '*',
    stack: [
      { svg: layerBars(report.certificate.layers, CONTENT_WIDTH - taken) },
      { text: report.certificate.layersNote, style: 'label', lineHeight: 1.1, margin: [0, 3, 0, 0] },
    ],
  }
  return { stack: [heading(title), { columns: [...maps, bars], columnGap: GAP }], unbreakable: true }
}

type Placed = Column & { readonly width: number }

/** The first row shows what was kept, with the colours. */
function twoMaps(): [title: string, maps: Placed[]] {
  const width = 112
  return [
    'Where the bits were, and how alike each layer works',
    [
      mapOf('originalMap', 'Bits of the film, same colours', width),
      mapOf('removedMap', 'Bits removed, same colours', width),
    ],
  ]
}

function threeMaps({ scale }: CaseReport['pictures']): [title: string, maps: Placed[]] {
  const { width, gap } = SMALL
  const whole = 3 * width + 2 * gap
  const maps = [
    mapOf('originalMap', 'Bits of the film', width),
    mapOf('keptMap', 'Bits kept', width),
    mapOf('removedMap', 'Bits removed', width),
  ]
  const stack: Content[] = [
    { columns: maps, columnGap: gap },
    { svg: colourBar(scale, whole), margin: [0, 4, 0, 0] },
    { text: 'bits per pixel, averaged over neighbours; the film’s scale', style: 'label', alignment: 'center' },
  ]
  return ['Where the bits were and stayed, and how alike each layer works', [{ width: whole, stack }]]
}

const mapOf = (image: string, title: string, width: number): Placed => ({
  width,
  stack: [
    { image, width },
    { text: title, style: 'caption' },
  ],
})
