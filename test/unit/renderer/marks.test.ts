import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import {
  caseId,
  caseMarks,
  MOST_KEY_IMAGES,
  MOST_MEASUREMENTS,
  type CaseDetail,
  type CaseMarks,
  type FilmHeader,
  type Voi,
} from '../../../contract'
import { useMarks } from '../../../renderer/stores/marks'
import { useNotices } from '../../../renderer/stores/notices'
import { useOpenCase } from '../../../renderer/stores/openCase'
import { useStage } from '../../../renderer/stores/stage'
import { useWorklist } from '../../../renderer/stores/worklist'
import { buildPyramid } from '../../../renderer/viewer/pyramid'
import { exampleHeader } from '../../support/exampleReport'
import { exampleKeyImage, NONE_HIDDEN } from '../../support/exampleMarks'
import { settledTimers } from '../../support/settled'
import { exampleSummary } from '../../support/windowSide'

const SIZE = { width: 8, height: 8 }
const pixels = Uint8Array.from({ length: 64 }, (_, i) => 4 * i)

/** A main side that keeps marks by case. */
function mainSide(): Map<string, CaseMarks> {
  const kept = new Map<string, CaseMarks>()
  const call = async (name: string, params: { caseId: string; marks: CaseMarks }) => {
    if (name === 'saveMarks') kept.set(params.caseId, structuredClone(params.marks))
    const none = { measurements: [], keyImages: [] }
    const marks = { ...(kept.get(params.caseId) ?? none), hidden: NONE_HIDDEN }
    return { ok: true, result: name === 'marks' ? marks : null }
  }
  vi.stubGlobal('window', { api: { call } })
  return kept
}

/** Puts a case on screen as openCase.open does. */
async function show(id: string, changes: Partial<FilmHeader> = {}) {
  const openCase = useOpenCase()
  const header = exampleHeader({ ...SIZE, ...changes })
  const box = { x: 0, y: 0, width: 128, height: 128 }
  const record = { version: 'model-input/1', low: 0, high: 255, inverted: false, box } as const
  const detail: Pick<CaseDetail, 'header' | 'modelInput'> = {
    header,
    modelInput: { record, pixels: new Uint8Array(0) },
  }
  openCase.close()
  openCase.caseId = caseId.parse(id)
  openCase.state = 'loading'
  Object.assign(openCase, { detail, pyramid: buildPyramid(pixels, SIZE, header.padding) })
  openCase.state = 'ready'
  await settledTimers()
}

beforeEach(() => {
  vi.useFakeTimers()
  setActivePinia(createPinia())
})

describe('marks on the open case', () => {
  const ends = [
    { x: 0, y: 0 },
    { x: 3, y: 4 },
  ]

  it('are saved by themselves, undone, and there again when the case is opened again', async () => {
    const kept = mainSide()
    const marks = useMarks()
    await show('one')
    marks.addMeasurement('length', ends)
    expect(marks.texts.get(1)).toBe('5 pixels')
    await settledTimers()
    expect(kept.get('one')?.measurements).toEqual([{ id: 1, kind: 'length', points: ends }])

    marks.removeMeasurement(1)
    await settledTimers()
    expect(kept.get('one')?.measurements).toEqual([])
    await useNotices().undo()
    await settledTimers()
    expect(kept.get('one')?.measurements).toHaveLength(1)

    await show('two')
    expect(marks.measurements).toEqual([])
    await show('one')
    expect(marks.measurements).toHaveLength(1)
  })

  it('that wait to be saved are saved when the case is left, under that case', async () => {
    const kept = mainSide()
    const marks = useMarks()
    await show('one')
    marks.addMeasurement('length', ends)
    await show('two')
    expect(kept.get('one')?.measurements).toHaveLength(1)
    expect(kept.has('two')).toBe(false)
  })

  it('cannot be taken back while another case is open', async () => {
    const kept = mainSide()
    const marks = useMarks()
    useWorklist().cases = [exampleSummary('one'), exampleSummary('two')]
    await show('one')
    marks.addKeyImage(exampleKeyImage(1, ''))
    await show('two')
    await useNotices().undo()
    expect(useNotices().current?.text).toContain('Open Film one again to take this back.')
    expect(kept.get('one')?.keyImages).toHaveLength(1)
    await show('one')
    await useNotices().undo()
    await settledTimers()
    expect(kept.get('one')?.keyImages).toHaveLength(0)
  })

  it('of a case that was removed do not keep older things from being taken back', async () => {
    mainSide()
    const [marks, notices, older] = [useMarks(), useNotices(), vi.fn()]
    notices.offerUndo('Something older.', older)
    await show('one')
    marks.addMeasurement('length', ends)
    useWorklist().drop(caseId.parse('one'))
    await show('two')
    await notices.undo()
    expect(notices.current?.text).toContain('was removed')
    await notices.undo()
    expect(older).toHaveBeenCalledOnce()
  })

  it('are refused where more would keep all of them from being saved', async () => {
    const kept = mainSide()
    const marks = useMarks()
    await show('one')
    for (let i = 0; i < MOST_KEY_IMAGES; i++) marks.addKeyImage(exampleKeyImage(1, ''))
    expect(() => marks.addKeyImage(exampleKeyImage(1, ''))).toThrow('Remove a key image first: 12 can be kept.')
    for (let i = 0; i < MOST_MEASUREMENTS; i++) marks.addMeasurement('length', ends)
    expect(() => marks.addMeasurement('length', ends)).toThrow('Remove a measurement first')
    await settledTimers()
    expect(caseMarks.safeParse(kept.get('one')).error).toBeUndefined()
    expect(kept.get('one')?.keyImages).toHaveLength(MOST_KEY_IMAGES)
  })

  it('are taken back one by one: what was done to others since stays', async () => {
    mainSide()
    const marks = useMarks()
    await show('one')
    marks.addKeyImage(exampleKeyImage(1, ''))
    marks.addKeyImage(exampleKeyImage(2, ''))
    marks.captionKeyImage(1, 'look here')
    await useNotices().undo()
    expect(marks.keyImages.map(({ id, caption }) => [id, caption])).toEqual([[1, 'look here']])
    marks.removeKeyImage(1)
    marks.addKeyImage(exampleKeyImage(2, ''))
    await useNotices().undo()
    await useNotices().undo()
    expect(marks.keyImages.map(({ caption }) => caption)).toEqual(['look here'])
  })

  it('are never written over before they were read', async () => {
    mainSide()
    const marks = useMarks()
    expect(() => marks.addMeasurement('length', ends)).toThrow(/could not be read/)
  })
})

describe('presets of a film', () => {
  const window = (center: number, width: number): Extract<Voi, { kind: 'window' }> => ({
    ...{ kind: 'window', center, width, function: 'LINEAR', explanation: null },
  })

  it('are the file’s own in its order, then two of ours; the first is shown', async () => {
    mainSide()
    const table: Voi = {
      kind: 'table',
      firstValue: 0,
      bits: 8,
      table: Uint16Array.of(0, 128, 255),
      explanation: 'LUT 1',
    }
    const own = [
      { ...window(100, 50), explanation: 'LUNG' },
      { ...window(120, 90), function: 'SIGMOID' as const },
      table,
    ]
    const stage = useStage()
    await show('one', { voi: own })
    expect(stage.presets.map(({ name }) => name)).toEqual([
      'LUNG',
      'File preset 2',
      'LUT 1',
      'Robust (1–99 %)',
      'Full range',
    ])
    expect(stage.presets.slice(0, 3).map(({ voi }) => voi)).toEqual(own)
    expect(stage.filmVoi).toEqual(own[0])
  })

  it('span the film’s values also where a negative slope turns their order round', async () => {
    mainSide()
    const stage = useStage()
    await show('one', { slope: -1, intercept: 255, minPixel: 0, maxPixel: 252 })
    const full = stage.presets.at(-1)?.voi
    expect(full).toMatchObject({ center: 129, width: 252 })
    expect(stage.filmVoi.kind === 'window' && stage.filmVoi.width).toBeGreaterThan(150)
  })

  it('reset brings the film back upright, flips keep it whole', async () => {
    mainSide()
    const stage = useStage()
    await show('one')
    stage.turn(1)
    stage.flip('leftRight')
    expect(stage.view).toMatchObject({ zoom: 1, turn: { quarters: 3, mirrored: true } })
    stage.fit()
    expect(stage.view.turn.mirrored).toBe(true)
    stage.reset()
    expect(stage.view).toMatchObject({ zoom: 1, turn: { quarters: 0, mirrored: false } })
  })
})
