import { describe, expect, it } from 'vitest'
import { finding, type StoredFinding } from '../../../contract'
import {
  canTakeBack,
  currentFindings,
  forReport,
  isSameFinding,
  nextVersion,
  readersWhoGave,
  visibleTo,
} from '../../../main/domain/review'

const answer = finding.parse({ effusion: 'left', size: 'small', agrees: 'no', reasons: ['device'], text: '' })
const version = (number: number, reader: string, state: StoredFinding['state']): StoredFinding => ({
  ...{ number, reader, state, savedAt: `2026-01-01T00:00:0${number}.000Z` },
  finding: answer,
})

describe('double reading', () => {
  const first = version(1, 'A', 'given')
  const draft = version(2, 'B', 'draft')

  it('hides what another reader gave until one has given an own finding, and drafts for ever', () => {
    expect(visibleTo('B', [first, draft])).toEqual({ own: [draft], others: [{ reader: 'A', findings: null }] })
    expect(JSON.stringify(visibleTo('C', [first, draft]))).not.toContain('device')
    const given = version(2, 'B', 'given')
    expect(visibleTo('B', [first, given]).others).toEqual([{ reader: 'A', findings: [first] }])
    expect(visibleTo('A', [first, draft])).toEqual({ own: [first], others: [] })
  })

  it('keeps earlier versions: a given finding is never written over, a draft is', () => {
    const next = { reader: 'A', finding: answer, state: 'draft', savedAt: first.savedAt } as const
    expect(nextVersion([first, draft], next).number).toBe(3)
    expect(nextVersion([first, draft, version(3, 'A', 'draft')], next).number).toBe(3)
    expect(nextVersion([], next).number).toBe(1)
  })

  it('does not take a draft whose changes were all undone for one', () => {
    const undone = version(3, 'A', 'draft')
    expect(visibleTo('A', [first, undone]).own).toEqual([first])
    const changed = { ...undone, finding: { ...answer, text: 'more' } }
    expect(visibleTo('A', [first, changed]).own).toEqual([first, changed])
  })

  it('takes a reader’s last given finding as their word', () => {
    const changed = version(3, 'A', 'given')
    const all = [first, version(2, 'B', 'given'), changed, version(4, 'A', 'draft')]
    expect(readersWhoGave(all)).toEqual(['A', 'B'])
    expect(currentFindings(all).map(({ number }) => number)).toEqual([3, 2])
  })

  it('lets a finding be taken back only while no other one has been shown for it', () => {
    expect(canTakeBack('A', [first])).toBe(true)
    expect(canTakeBack('A', [first, draft])).toBe(true)
    expect(canTakeBack('A', [first, version(2, 'B', 'given')])).toBe(false)
    expect(canTakeBack('A', [first, version(3, 'A', 'draft')])).toBe(false)
    expect(canTakeBack('A', [])).toBe(false)
  })

  it('puts into a report what its reader may see', () => {
    expect(forReport('B', [first, draft])).toEqual([draft])
    expect(forReport('B', [first, version(2, 'B', 'given')])).toHaveLength(2)
    expect(forReport('C', [first])).toEqual([])
    expect(forReport('', [first, draft])).toEqual([first])
  })

  it('compares findings by what they say', () => {
    const two = { ...answer, reasons: ['device', 'marker'] as const }
    expect(isSameFinding({ ...two, reasons: ['marker', 'device'] }, { ...two, reasons: ['device', 'marker'] })).toBe(
      true,
    )
    expect(isSameFinding(answer, { ...answer, text: ' ' })).toBe(false)
  })
})
