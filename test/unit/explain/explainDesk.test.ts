import { describe, expect, it } from 'vitest'
import { auditRecord, modelName, sha256, SimpleBitsError, workstationEvent } from '../../../contract'
import { exampleCounterfactual, exampleExplanation, exampleTests } from '../../support/explainExamples'
import { deskWith, ID, PIXELS } from '../../support/explainDesk'
import { exampleRecord } from '../../support/exampleReport'

describe('explaining a case', () => {
  it('asks the engine once, with the map that the audit kept; then it knows', async () => {
    const { calls, asked } = deskWith({ explain: () => exampleExplanation() })
    expect(await calls.knownExplanation({ caseId: ID })).toEqual({ explanation: null, counterfactual: null })
    const found = await calls.explainCase({ caseId: ID })
    expect(await calls.explainCase({ caseId: ID })).toBe(found)
    expect((await calls.knownExplanation({ caseId: ID })).explanation).toBe(found)
    expect(asked).toHaveLength(1)
    expect(asked[0]?.params).toMatchObject({ model: 'effusion-128', seed: 7, searches: false })
    expect(asked[0]?.params['keptMap']).toEqual(new Float32Array(PIXELS).fill(1))
  })

  it('does not take what was cut off for the whole, and not the last audit’s results for a new one', async () => {
    let answer = exampleExplanation('cancelled')
    const { calls, asked, stored, setAudit } = deskWith({ explain: () => answer })
    await calls.explainCase({ caseId: ID })
    answer = exampleExplanation()
    await calls.explainCase({ caseId: ID })
    expect(asked).toHaveLength(2)
    const audit = stored()
    if (audit) setAudit({ ...audit, record: exampleRecord({ createdAt: '2021-01-01T00:00:00.000Z' }) })
    expect((await calls.knownExplanation({ caseId: ID })).explanation).toBeNull()
  })

  it('does one thing at a time for a case, and cancels it', async () => {
    const { calls } = deskWith({
      explain: ({ signal }) =>
        new Promise((resolve) => signal.addEventListener('abort', () => resolve(exampleExplanation('cancelled')))),
      counterfactual: () => exampleCounterfactual(),
    })
    const running = calls.explainCase({ caseId: ID })
    await new Promise((resolve) => setImmediate(resolve))
    await expect(calls.counterfactualOf({ caseId: ID })).rejects.toThrow(/worked on already/)
    await calls.cancelExplain({ caseId: ID })
    expect((await running).stopped).toBe('cancelled')
    expect(await calls.counterfactualOf({ caseId: ID })).toEqual(exampleCounterfactual())
  })

  it('goes on from the audit’s picture and pressure; not without an audit, and not from one that failed', async () => {
    const { calls, asked, setAudit, stored } = deskWith({ counterfactual: () => exampleCounterfactual() })
    await calls.counterfactualOf({ caseId: ID })
    expect(asked[0]?.params).toMatchObject({ pressure: 30, start: new Uint8Array(PIXELS).fill(9) })
    const audit = stored()
    if (audit)
      setAudit({ ...audit, record: exampleRecord({ decisionKept: false, createdAt: '2022-01-01T00:00:00.000Z' }) })
    await expect(calls.counterfactualOf({ caseId: ID })).rejects.toThrow(/did not keep the decision/)
    setAudit(null)
    await expect(calls.counterfactualOf({ caseId: ID })).rejects.toThrow(SimpleBitsError)
  })
})

describe('what goes on from an audit', () => {
  const restriction = { mode: 'only', zones: ['markers'], mask: null } as const
  const flow = { ...exampleRecord().flow, sha256: sha256.parse('f'.repeat(64)) }
  const model = { ...exampleRecord().model, sha256: sha256.parse('f'.repeat(64)) }
  it.each([
    ['a part of the film', { restriction }, /part of the film/],
    ['other weights of the flow', { flow }, /other weights of the flow/],
    ['other weights of the classifier', { model }, /other weights of effusion-128 /],
    ['a classifier that is no longer here', { model: { ...model, name: modelName.parse('gone') } }, /weights of gone /],
  ])('is refused after one of %s', async (_name, changes, words) => {
    const { calls, asked, stored, setAudit } = deskWith({ counterfactual: () => exampleCounterfactual() })
    const audit = stored()
    if (audit) setAudit({ ...audit, record: { ...audit.record, ...changes } as typeof audit.record })
    await expect(calls.counterfactualOf({ caseId: ID })).rejects.toThrow(words)
    await expect(calls.testFurther({ caseId: ID })).rejects.toThrow(words)
    expect(asked).toHaveLength(0)
  })

  it.each([
    ['flow', { flow }],
    ['classifier', { model }],
  ])('compares no bit map that another %s gave with the film’s', async (_name, changes) => {
    const { calls, asked, stored, setAudit } = deskWith({ explain: () => exampleExplanation() })
    const audit = stored()
    if (audit) setAudit({ ...audit, record: { ...audit.record, ...changes } })
    await calls.explainCase({ caseId: ID })
    expect(asked[0]?.params).toMatchObject({ keptMap: null, keptDetail: null })
  })

  it.each([20, null])('compares the detail of the chosen stop, where the audit has it (frames: %s)', async (count) => {
    const { calls, asked, stored, setAudit } = deskWith({ explain: () => exampleExplanation() })
    const [audit, { frame }] = [stored(), exampleRecord().simplified]
    const details = count && new Uint8Array(count * PIXELS).fill(51, frame * PIXELS, (frame + 1) * PIXELS)
    if (audit && count && details) setAudit({ ...audit, frames: { ...audit.frames, count, details } })
    await calls.explainCase({ caseId: ID })
    expect(asked[0]?.params['keptDetail']).toEqual(count && new Uint8Array(PIXELS).fill(51))
  })
})

describe('testing an audit further', () => {
  it('keeps the outcome in the record, asks a second classifier of the same finding where there is one', async () => {
    const tests = exampleTests()
    const { calls, asked, stored, changed } = deskWith({ furtherTests: () => tests }, [
      'cardio',
      'other-128',
      'effusion-128-b',
    ])
    expect(await calls.freshClassifier(null)).toBe('effusion-128-b')
    const record = await calls.testFurther({ caseId: ID })
    expect(asked.at(-1)?.params).toMatchObject({ randomise: true, fresh: 'effusion-128-b' })
    expect(record.tests).toEqual(tests)
    expect(auditRecord.parse(record)).toEqual(record)
    expect(stored()?.record).toEqual(record)
    expect(changed()).toBe(1)
  })

  it('goes without a second classifier where none fits', async () => {
    const { calls, asked } = deskWith({ furtherTests: () => ({}) }, ['cardio'])
    expect(await calls.freshClassifier(null)).toBeNull()
    await calls.testFurther({ caseId: ID })
    expect(asked.at(-1)?.params['fresh']).toBeNull()
  })

  it('does not write into another audit that came meanwhile', async () => {
    const { calls, stored, setAudit } = deskWith({
      furtherTests: () => {
        const audit = stored()
        if (audit) setAudit({ ...audit, record: exampleRecord({ createdAt: '2023-01-01T00:00:00.000Z' }) })
        return exampleTests()
      },
    })
    await expect(calls.testFurther({ caseId: ID })).rejects.toThrow(/audited again meanwhile/)
    expect(stored()?.record.tests).toBeUndefined()
  })
})

describe('second opinion', () => {
  it('is looked up by the film’s name', async () => {
    const { calls } = deskWith({})
    expect(await calls.secondOpinion({ caseId: ID })).toMatchObject({ effusion: 0.5 })
    expect(modelName.safeParse('effusion-128-b').success).toBe(true)
  })

  it('events are as agreed', () => {
    const map = { method: 'occlusion', map: new Float32Array(4) }
    const event = { type: 'explainMap', caseId: 'case-1', decision: true, map }
    expect(workstationEvent.safeParse(event).error).toBeUndefined()
    expect(workstationEvent.safeParse({ ...event, map: { ...map, method: 'guess' } }).success).toBe(false)
  })
})
