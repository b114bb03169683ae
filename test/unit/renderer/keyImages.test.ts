import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { caseId } from '../../../contract'
import { useKeptPane } from '../../../renderer/composables/useKeptPane'
import { useInstant } from '../../../renderer/stores/instant'
import { useOpenCase } from '../../../renderer/stores/openCase'
import { useLiveAudits } from '../../../renderer/stores/liveAudits'
import type { Pane } from '../../../renderer/presentation/panes'
import { useStage } from '../../../renderer/stores/stage'
import { useWay } from '../../../renderer/stores/way'
import { exampleRecord } from '../../support/exampleReport'
import { settled } from '../../support/settled'
import { exampleDetail, mainSide } from '../../support/windowSide'

const SIZE = 128 * 128
const record = exampleRecord()
const views = (decisionKept = true) =>
  mainSide({
    openCase: () => exampleDetail('one', { audit: { ...record, decisionKept } }),
    instantEstimate: () => null,
    frame: ({ frame }) => ({ frame, picture: new Uint8Array(SIZE), map: new Float32Array(SIZE) }),
  })

async function opened(): Promise<void> {
  useInstant()
  useWay()
  await useOpenCase().open(caseId.parse('one'))
  await settled()
}
const titled = (pane: Pane) => {
  const { title, shows } = useKeptPane(pane).value
  return `${title}: ${shows}`
}

beforeEach(() => setActivePinia(createPinia()))

describe('a key image says which picture it is', () => {
  it('of the film: its own pixels or what the model sees, and whether a map lies over it', async () => {
    views()
    await opened()
    const stage = useStage()
    expect(titled('film')).toBe('Film: 8 × 8, 8 bit')
    stage.modelView = true
    stage.overlay = 0.5
    expect(titled('film')).toBe('Film: as the classifier sees it, 128 × 128 · map over it: bits kept')
  })

  it('of the simplified picture: its bits, and whether the decision is lost there or the audit still runs', async () => {
    views()
    await opened()
    const way = useWay()
    expect(titled('simplified')).toMatch(/^Simplified: \d+\s% of the bits$/)
    way.moveTo(way.last)
    expect(titled('simplified')).toMatch(/of the bits · decision not kept$/)
    way.moveTo(0)
    expect(titled('simplified')).toBe('Simplified: the film, not simplified')

    const liveAudits = useLiveAudits()
    const [first] = record.path
    if (!first) throw new Error('the example has no way')
    const { flatBits, threshold } = record
    const original = { ...record.original, matchingDistance: 0.2 }
    const id = caseId.parse('one')
    const maps = { originalMap: new Float32Array(SIZE), flatMap: new Float32Array(SIZE) }
    liveAudits.take({ type: 'auditStarted', caseId: id, original, flatBits, threshold, ...maps })
    const frame = { frame: 0, picture: new Uint8Array(SIZE), map: new Float32Array(SIZE) }
    liveAudits.take({ type: 'auditPoint', caseId: id, point: { ...first, frame: 0 }, frame, usable: true })
    await settled()
    expect(titled('simplified')).toMatch(/^Simplified: \d+\s% of the bits · audit running$/)
  })

  it('of a chosen picture whose decision did not hold: that it is lost', async () => {
    views(false)
    await opened()
    expect(titled('simplified')).toMatch(/ · decision not kept$/)
  })

  it('while Space is held: the other one, with the window that it is shown in', async () => {
    views()
    await opened()
    const stage = useStage()
    stage.flicker = true
    expect(titled('film')).toMatch(/^Simplified: \d+\s% of the bits$/)
    expect(useKeptPane('film').value.voi).toBe(stage.pictureVoi)
    expect(titled('simplified')).toBe('Film: as the classifier sees it, 128 × 128')
  })

  it('of a bit map: which bits, and of which picture', async () => {
    views()
    await opened()
    expect(titled('bitmap')).toMatch(/^Bit map: bits kept · \d+\s% of the bits$/)
    useStage().mapMode = 'original'
    expect(titled('bitmap')).toBe('Bit map: bits of the film')
  })
})
