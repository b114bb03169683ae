import { describe, expect, it } from 'vitest'
import { caseMarks, type CaseMarks, type StoredFinding } from '../../../contract'
import { openLibsqlStore } from '../../../main/adapters/store'
import { marksCallsOf } from '../../../main/app/marks'
import { marksVisibleTo, marksWith } from '../../../main/domain/review'
import { exampleCase } from '../../support/exampleCase'
import { exampleKeyImage } from '../../support/exampleMarks'
import { quietLogger } from '../../support/quietLogger'
import { temporaryFolder } from '../../support/temporaryFolder'
import { TEST_KEY } from '../../support/testKey'

const { id } = exampleCase(1)
const length = (number: number, reader?: string) => ({
  ...{ id: number, kind: 'length' as const, points: [place(0), place(9)] },
  ...(reader === undefined ? {} : { reader }),
})
const place = (at: number) => ({ x: at, y: at })
const marks = (changes: Partial<CaseMarks>): CaseMarks =>
  caseMarks.parse({ measurements: [], keyImages: [], ...changes })
const ids = ({ measurements, keyImages }: CaseMarks) => [...measurements, ...keyImages].map((mark) => mark.id)
const said = (reader: string, state: StoredFinding['state']): StoredFinding => ({
  ...{ number: reader === 'A' ? 1 : 2, reader, state, savedAt: '2026-01-01T00:00:00Z' },
  finding: { effusion: 'none', size: null, agrees: null, reasons: [], text: '' },
})

describe('what another reader marked', () => {
  const all = marks({
    measurements: [length(1), length(2, 'A'), length(4, 'B')],
    keyImages: [{ ...exampleKeyImage(3, 'A’s'), reader: 'A' }],
  })

  it('is hidden until both have given a finding; what nobody signed is everybody’s', () => {
    for (const findings of [[], [said('A', 'given')], [said('A', 'given'), said('B', 'draft')], [said('B', 'given')]]) {
      const seen = marksVisibleTo('B', all, findings)
      expect(ids(seen)).toEqual([1, 4])
      expect(seen.hidden).toEqual({ measurements: 1, keyImages: 1, lastId: 3 })
    }
    const both = marksVisibleTo('B', all, [said('A', 'given'), said('B', 'given')])
    expect(ids(both)).toEqual([1, 2, 4, 3])
    expect(both.hidden).toEqual({ measurements: 0, keyImages: 0, lastId: 0 })
  })

  it('is not shown to somebody who gives no name', () => {
    expect(ids(marksVisibleTo('', all, [said('A', 'given')]))).toEqual([1])
  })

  it('stays when a reader saves theirs, whether it was seen or not', () => {
    const kept = marksWith('B', { before: all, saved: marks({ measurements: [length(5, 'B'), length(6, 'A')] }) })
    expect(ids(kept)).toEqual([2, 5, 3])
  })

  it('stays in the store through every save of the other', async () => {
    const store = await openLibsqlStore(temporaryFolder(), { key: TEST_KEY, log: quietLogger() })
    await store.saveCases([exampleCase(1)])
    const calls = marksCallsOf(store, { get: () => ({ id }) })
    await calls.saveMarks({ caseId: id, reader: 'A', marks: marks({ measurements: [length(1, 'A')] }) })
    await Promise.all([
      calls.saveMarks({ caseId: id, reader: 'B', marks: marks({ measurements: [length(2, 'B')] }) }),
      calls.saveMarks({ caseId: id, reader: 'A', marks: marks({ measurements: [length(1, 'A'), length(3, 'A')] }) }),
    ])
    expect(ids((await store.marks(id)) ?? marks({}))).toEqual([1, 2, 3])
    const asB = await calls.marks({ caseId: id, reader: 'B' })
    expect(ids(asB)).toEqual([2])
    expect(asB.hidden.measurements).toBe(2)
    const many = Array.from({ length: 12 }, (_, i) => ({ ...exampleKeyImage(10 + i, ''), reader: 'B' }))
    await calls.saveMarks({ caseId: id, reader: 'B', marks: marks({ keyImages: many }) })
    const oneMore = marks({ keyImages: [{ ...exampleKeyImage(30, ''), reader: 'A' }] })
    // The limit is each reader's own: a refusal would tell that somebody marked something.
    await calls.saveMarks({ caseId: id, reader: 'A', marks: oneMore })
    expect((await store.marks(id))?.keyImages).toHaveLength(13)
    await store.close()
  })
})
