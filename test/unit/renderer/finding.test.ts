import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { caseId, SimpleBitsError, type CaseFindings, type Finding, type StoredFinding } from '../../../contract'
import { useFinding } from '../../../renderer/stores/finding'
import { useNotices } from '../../../renderer/stores/notices'
import { useOpenCase } from '../../../renderer/stores/openCase'
import { useSettings } from '../../../renderer/stores/settings'
import { useWorklist } from '../../../renderer/stores/worklist'
import { exampleDetail, exampleSummary, mainSide } from '../../support/windowSide'

const [one, two] = [caseId.parse('one'), caseId.parse('two')]

/** A main side that keeps one finding a case and reader; `refuse` lets reading fail. */
function keeper() {
  const kept = new Map<string, StoredFinding>()
  const saved: string[] = []
  const script = { kept, saved, refuse: false, full: false }
  const of = (id: string, reader: string): CaseFindings => {
    const own = kept.get(`${id} ${reader}`)
    return { own: own ? [own] : [], others: [] }
  }
  const keep = (state: StoredFinding['state']) => (request: { caseId: string; reader: string; finding: Finding }) => {
    const { caseId: id, reader, finding } = request
    if (script.full) throw new SimpleBitsError('WRITE_FAILED', 'The disk is full.')
    saved.push(`${id} ${reader} ${finding.effusion}`)
    kept.set(`${id} ${reader}`, { number: 1, reader, state, savedAt: '2026-01-01T00:00:00.000Z', finding })
    return of(id, reader)
  }
  mainSide({
    openCase: ({ caseId: id }) => exampleDetail(id),
    reviewFindings({ caseId: id, reader }) {
      if (script.refuse) throw new SimpleBitsError('FILE_UNREADABLE', 'The store cannot be read.')
      return of(id, reader)
    },
    reviewSave: keep('draft'),
    reviewGive: keep('given'),
    reviewTakeBack({ caseId: id, reader }) {
      const given = kept.get(`${id} ${reader}`)
      if (given) kept.set(`${id} ${reader}`, { ...given, state: 'draft' })
      return of(id, reader)
    },
  })
  return script
}

async function read(id: typeof one, reader = 'Dr. A') {
  const [finding, settings] = [useFinding(), useSettings()]
  settings.values = { ...settings.values, reader }
  await useOpenCase().open(id)
  await settled()
  return finding
}
const settled = () => vi.advanceTimersByTimeAsync(0)
const effusion = (script: ReturnType<typeof keeper>, of: string) => script.kept.get(of)?.finding.effusion

beforeEach(() => {
  vi.useFakeTimers()
  setActivePinia(createPinia())
  // Undecided: nothing is asked about the model.
  useWorklist().cases = ['one', 'two'].map((id) => exampleSummary(id, { decision: null, probability: null }))
})

describe('an answer that could not be saved', () => {
  it('is tried again when another film is opened, not dropped with the form', async () => {
    const script = keeper()
    const finding = await read(one)
    script.full = true
    finding.choose({ effusion: 'left' }, 'Effusion: left.')
    await settled()
    expect(finding.state).toBe('failed')
    script.full = false
    await read(two)
    expect(effusion(script, 'one Dr. A')).toBe('left')
    expect(finding.draft.effusion).toBeNull()
    expect(finding.state).toBe('saved')
  })

  it('is saved before a report is made, or when the reader tries again', async () => {
    const script = keeper()
    const finding = await read(one)
    script.full = true
    finding.choose({ effusion: 'left' }, 'Effusion: left.')
    await settled()
    script.full = false
    await finding.flush()
    expect(effusion(script, 'one Dr. A')).toBe('left')
    expect(finding.state).toBe('saved')
  })
})

describe('an undo of an answer', () => {
  it('waits for its film, and changes no finding out of sight', async () => {
    const script = keeper()
    const finding = await read(one)
    finding.choose({ effusion: 'left' }, 'Effusion: left.')
    await settled()
    await read(two)
    await useNotices().undo()
    expect(useNotices().current?.text).toBe('Open Film one again, with Dr. A as the reader, to take this back.')
    expect(script.saved).toEqual(['one Dr. A left'])
    await read(one)
    await useNotices().undo()
    expect(effusion(script, 'one Dr. A')).toBeNull()
    expect(finding.draft.effusion).toBeNull()
  })

  it('waits for its reader', async () => {
    const script = keeper()
    const finding = await read(one)
    finding.choose({ effusion: 'left' }, 'Effusion: left.')
    await settled()
    await read(one, 'Dr. B')
    await useNotices().undo()
    expect(useNotices().current?.text).toContain('with Dr. A as the reader')
    expect(script.saved).toHaveLength(1)
  })

  it('of a removed case makes way for older ones', async () => {
    keeper()
    const finding = await read(one)
    finding.choose({ effusion: 'left' }, 'Effusion: left.')
    await settled()
    useWorklist().drop(one)
    await read(two)
    await useNotices().undo()
    expect(useNotices().current?.text).toContain('was removed')
    expect(useNotices().undos).toHaveLength(0)
  })
})

it('an answer is kept without a message over the film, and an older offer of undo does not stand for it', async () => {
  keeper()
  const [finding, notices] = [await read(one), useNotices()]
  notices.offerUndo('Label set.', () => undefined)
  finding.choose({ effusion: 'left' }, 'Effusion: left.')
  expect(notices.current).toBeNull()
  await notices.undo()
  expect(notices.current?.text).toBe('Taken back: Effusion: left.')
})

describe('a given finding', () => {
  async function given() {
    const script = keeper()
    const finding = await read(one)
    finding.choose({ effusion: 'left' }, 'Effusion: left.')
    finding.choose({ effusion: 'right' }, 'Effusion: right.')
    await settled()
    expect(await finding.give()).toBe(true)
    return script
  }

  it('is taken back as a whole, under its film’s name, and its single answers no longer', async () => {
    const script = await given()
    await read(two)
    await useNotices().undo()
    expect(useNotices().current?.text).toBe('Taken back: Finding of Film one given.')
    expect(script.kept.get('one Dr. A')).toMatchObject({ state: 'draft', finding: { effusion: 'right' } })
    expect(useWorklist().selectedId).toBe(one)
    await useNotices().undo()
    expect(useNotices().current?.text).toBe('Nothing to undo.')
    expect(effusion(script, 'one Dr. A')).toBe('right')
  })

  it('is not taken back by another reader', async () => {
    const script = await given()
    await read(one, 'Dr. B')
    await useNotices().undo()
    expect(useNotices().current?.text).toContain('with Dr. A as the reader')
    expect(script.kept.get('one Dr. A')?.state).toBe('given')
  })
})

it('a finding that could not be read is said to be so, is not written over, and can be read again', async () => {
  const script = keeper()
  script.refuse = true
  const finding = await read(one)
  expect(finding.state).toBe('unread')
  useNotices().dismiss()
  finding.choose({ effusion: 'left' }, 'Effusion: left.')
  expect(useNotices().current).toMatchObject({ kind: 'error', text: expect.stringContaining('could not be read') })
  expect(await finding.give()).toBe(false)
  expect(script.saved).toEqual([])
  script.refuse = false
  await finding.load()
  expect(finding.state).toBe('saved')
})

it('text that was just typed is kept under its film when another one is opened', async () => {
  const script = keeper()
  const finding = await read(one)
  finding.type('Blunted angle.')
  await read(two)
  await vi.advanceTimersByTimeAsync(1000)
  expect(script.saved).toHaveLength(1)
  expect(script.kept.get('one Dr. A')?.finding.text).toBe('Blunted angle.')
  expect(finding.draft.text).toBe('')
})
