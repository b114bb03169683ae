import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { caseId, type CaseMarks } from '../../../contract'
import { EMPTY_FINDING } from '../../../contract/shared'
import { useFinding } from '../../../renderer/stores/finding'
import { useMarks } from '../../../renderer/stores/marks'
import { useNotices } from '../../../renderer/stores/notices'
import { useOpenCase } from '../../../renderer/stores/openCase'
import { useSettings } from '../../../renderer/stores/settings'
import { NONE_HIDDEN } from '../../support/exampleMarks'
import { settledTimers } from '../../support/settled'
import { exampleDetail, mainSide } from '../../support/windowSide'

const one = caseId.parse('one')

/** Everything that waits has been done. */

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
    await settledTimers()
    expect(marks.measurements).toEqual([])
    marks.addMeasurement('length', ends)
    expect(marks.measurements).toMatchObject([{ id: 8, reader: 'Dr. B' }])

    Object.assign(useFinding(), { draft: { ...EMPTY_FINDING, effusion: 'none' } })
    await useFinding().give()
    await settledTimers()
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
    await settledTimers()
    marks.addMeasurement('length', ends)
    settings.values = { ...settings.values, reader: 'Dr. B' }
    expect(marks.measurements).toEqual([])
    await settledTimers()
    expect(saved).toEqual(['Dr. A: Dr. A'])
  })

  it('takes no change of one reader back while another one reads', async () => {
    const own = { ...theirs, id: 1 }
    mainSide({
      openCase: ({ caseId: id }) => exampleDetail(id),
      marks: ({ reader }) => ({ measurements: reader === 'Dr. A' ? [own] : [], keyImages: [], hidden: NONE_HIDDEN }),
      saveMarks: () => null,
      reviewFindings: () => ({ own: [], others: [] }),
    })
    const settings = useSettings()
    settings.values = { ...settings.values, reader: 'Dr. A' }
    const [marks, notices] = [useMarks(), useNotices()]
    await useOpenCase().open(one)
    await settledTimers()
    marks.removeMeasurement(1)
    settings.values = { ...settings.values, reader: 'Dr. B' }
    await settledTimers()
    await notices.undo()
    expect(marks.measurements).toEqual([])
    expect(notices.current?.text).toBe('Make Dr. A the reader again to take this back.')
    settings.values = { ...settings.values, reader: 'Dr. A' }
    await settledTimers()
    await notices.undo()
    expect(marks.measurements).toEqual([own])
  })
})
