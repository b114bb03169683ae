import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { caseId } from '../../../contract'
import { appliesIn, keyGroups } from '../../../renderer/composables/keys'
import { useDrafting } from '../../../renderer/composables/useDrafting'
import { useShapes } from '../../../renderer/composables/useShapes'
import { measurementText } from '../../../renderer/presentation/measurementWords'
import { useMarks } from '../../../renderer/stores/marks'
import { useOpenCase } from '../../../renderer/stores/openCase'
import { useStage } from '../../../renderer/stores/stage'
import type { FilmPoint } from '../../../renderer/viewer'
import { exampleDetail, mainSide } from '../../support/windowSide'

const asIs = (point: FilmPoint) => point
const box = [
  { x: 1, y: 1 },
  { x: 3, y: 3 },
]

async function measured() {
  mainSide({ openCase: ({ caseId: id }) => exampleDetail(id) })
  const marks = useMarks()
  await useOpenCase().open(caseId.parse('one'))
  marks.measurements = [{ id: 1, kind: 'rectangle', points: box }]
}

beforeEach(() => setActivePinia(createPinia()))

it('what a measurement says of the film’s values stands on the film alone', async () => {
  await measured()
  const shapes = useShapes().value
  expect(shapes(asIs, 'film').map(({ label }) => label)).toEqual(['Mean 0.0 (0–0), SD 0.0,\narea 4 pixels'])
  for (const pane of ['simplified', 'bitmap', 'occlusion'])
    expect(shapes(asIs, pane).map(({ label }) => label)).toEqual([''])
})

it('one key hides all annotations, in either window; whoever measures sees them again', async () => {
  await measured()
  const [shapes, stage] = [useShapes(), useStage()]
  for (const view of ['workstation', 'film'] as const) {
    const bindings = keyGroups.filter((group) => appliesIn(group, view)).flatMap((group) => group.bindings)
    bindings.find(({ keys }) => keys.includes('j'))?.run('j')
    expect(shapes.value(asIs)).toHaveLength(view === 'workstation' ? 0 : 1)
  }
  stage.annotations = false
  useDrafting().press('length', { x: 1, y: 1 })
  expect(stage.annotations).toBe(true)
})

it('another film is not opened with hidden annotations', async () => {
  await measured()
  useStage().annotations = false
  await useOpenCase().open(caseId.parse('two'))
  expect(useStage().annotations).toBe(true)
})

it('a region tells mean, range, spread and area, claiming no more than the file’s spacing does', () => {
  const pixels = Uint16Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? 3356 : 12315))
  const film = { width: 10, height: 10, padding: null, pixels, values: 'stored' as const, pixelAspect: 1 }
  const all = [
    { x: 0, y: 0 },
    { x: 10, y: 10 },
  ]
  const text = (changes: object) =>
    measurementText({ kind: 'rectangle', points: all }, { ...film, spacing: null, ...changes })
  const spacing = { plane: 'detector' as const, rowMm: 2, columnMm: 3 }
  expect(text({})).toBe('Mean 7836 (3356–12315), SD 4502,\narea 100 pixels')
  expect(text({ spacing })).toBe('Mean 7836 (3356–12315), SD 4502,\narea 6.0 cm² at detector')
  expect(text({ spacing: { ...spacing, plane: 'calibrated', rowMm: 0.1 } })).toMatch(/area 30 mm² \(calibrated\)$/)
  expect(text({ values: 'modality table', pixels: Int16Array.from({ length: 100 }, () => -12) })).toBe(
    'Mean -12.0 (-12 to -12), SD 0.0, by Modality LUT,\narea 100 pixels',
  )
})
