import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { caseId, type CaseMarks } from '../../../contract'
import { EMPTY_FINDING } from '../../../renderer/presentation/findingWords'
import { useFinding } from '../../../renderer/stores/finding'
import { useMarks } from '../../../renderer/stores/marks'
import { useOpenCase } from '../../../renderer/stores/openCase'
import { useSettings } from '../../../renderer/stores/settings'
import { exampleDetail, mainSide } from '../../support/windowSide'

// It touches the browser's window as soon as it is loaded.
vi.mock('cornerstone-core', () => ({ default: {} }))

const one = caseId.parse('one')
const NONE_HIDDEN = { measurements: 0, keyImages: 0, lastId: 0 }

/** Everything that waits has been done. */
const settled = () => vi.advanceTimersByTimeAsync(1000)

beforeEach(() => {
  vi.useFakeTimers()
  setActivePinia(createPinia())
})

describe('double reading', () => {
  const ends = [
    { x: 0, y: 0 },
    { x: 3, y: 4 },
  ]
  const theirs = { id: 7, kind: 'length', points: ends, reader: 'Dr. A' } as const
  const away = { measurements: 1, keyImages: 0, lastId: 7 }

  it('shows another reader’s marks only after the own finding, and takes no number of theirs', async () => {
    let isGiven = false
    const saved: CaseMarks[] = []
    const version = { number: 1, reader: 'Dr. B', savedAt: '2026-01-01T00:00:00Z', finding: EMPTY_FINDING }
    const findings = () => ({ own: isGiven ? [{ ...version, state: 'given' as const }] : [], others: [] })
    mainSide({
      openCase: ({ caseId: id }) => exampleDetail(id),
      marks: () => ({ measurements: isGiven ? [theirs] : [], keyImages: [], hidden: isGiven ? NONE_HIDDEN : away }),
      saveMarks: ({ marks }) => {
        saved.push(marks)
        return null
      },
      reviewFindings: findings,
      reviewGive: () => {
        isGiven = true
        return findings()
      },
    })
    useSettings().values = { ...useSettings().values, reader: 'Dr. B' }
    const marks = useMarks()
    await useOpenCase().open(one)
    await settled()
    expect(marks.measurements).toEqual([])
    marks.addMeasurement('length', ends)
    expect(marks.measurements).toMatchObject([{ id: 8, reader: 'Dr. B' }])

    Object.assign(useFinding(), { draft: { ...EMPTY_FINDING, effusion: 'none' } })
    await useFinding().give()
    await settled()
    expect(marks.measurements.map(({ id }) => id)).toEqual([7, 8])
    marks.removeMeasurement(7)
    expect(marks.measurements).toHaveLength(2)
    expect(saved.at(-1)?.measurements).toHaveLength(1)
  })

  it('saves what waits under the reader who made it when another one takes over', async () => {
    const saved: string[] = []
    mainSide({
      openCase: ({ caseId: id }) => exampleDetail(id),
      marks: () => ({ measurements: [], keyImages: [], hidden: NONE_HIDDEN }),
      saveMarks: ({ reader, marks }) => {
        saved.push(`${reader}: ${marks.measurements.map((one) => one.reader).join()}`)
        return null
      },
      reviewFindings: () => ({ own: [], others: [] }),
    })
    const settings = useSettings()
    settings.values = { ...settings.values, reader: 'Dr. A' }
    const marks = useMarks()
    await useOpenCase().open(one)
    await settled()
    marks.addMeasurement('length', ends)
    settings.values = { ...settings.values, reader: 'Dr. B' }
    expect(marks.measurements).toEqual([])
    await settled()
    expect(saved).toEqual(['Dr. A: Dr. A'])
  })
})
