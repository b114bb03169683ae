import { describe, expect, it, vi } from 'vitest'
import { MOST_FILES_AN_IMPORT, RESEARCH_USE_ONLY } from '../../contract'
import { answerCall } from '../../electron/calls'

type Call = Parameters<typeof answerCall>[0]['call']

const appInfo = {
  version: '1.0.0',
  engine: { state: 'starting' },
  researchUseOnly: RESEARCH_USE_ONLY,
  platform: 'linux',
  electron: '41.0.0',
}

const noFilter = { queue: null, view: null, sex: null, reader: null }
const emptyFinding = { effusion: null, size: null, agrees: null, reasons: [], text: '' }
const byReader = { caseId: 'one', reader: 'A' }
const batch = { queue: 'borderline', caseIds: ['one'], preset: 'quick', objective: 'activation', seed: 0 }
const mapping = { match: { by: 'file', column: 'a' }, labelColumn: 'b', effusion: ['1'], noEffusion: [] }

/** A workstation that answers every call with `answer`, and remembers what reached it. */
const answering = (answer: unknown) => {
  const call = vi.fn(async () => answer)
  return { workstation: { call: call as Call }, call }
}

describe('a call from the window', () => {
  it('reaches the workstation when it is as agreed', async () => {
    const { workstation, call } = answering({ ok: true, result: appInfo })
    expect(await answerCall(workstation, 'appInfo', null)).toEqual({ ok: true, result: appInfo })
    expect(call).toHaveBeenCalledWith('appInfo', null)
  })

  it.each([
    ['an unknown name', 'readFile', { path: '/etc/passwd' }],
    ['a name from the prototype', '__proto__', null],
    ['another name from the prototype', 'constructor', null],
    ['a name that is no text', { toString: (): string => 'appInfo' }, null],
    ['params where there are none', 'appInfo', {}],
    ['missing params', 'openCase', undefined],
    ['a case id that is a path', 'openCase', { caseId: '../../etc/passwd' }],
    ['a key too many', 'openCase', { caseId: 'one', extra: 1 }],
    ['a finding of nobody', 'reviewSave', { caseId: 'one', reader: ' ', finding: emptyFinding }],
    ['a size without an effusion', 'reviewGive', { ...byReader, finding: { ...emptyFinding, size: 'small' } }],
    ['a text without end', 'reviewSave', { ...byReader, finding: { ...emptyFinding, text: 'x'.repeat(20_001) } }],
    ['a queue that is none', 'reviewBatchStart', { ...batch, queue: 'favourites' }],
    ['an empty queue', 'reviewBatchStart', { ...batch, caseIds: [] }],
    ['labels of a file of its own choice', 'reviewApplyLabels', { ...mapping, path: '/etc/passwd' }],
    ['an import of nothing', 'importFiles', { paths: [] }],
    ['an import of everything', 'importFiles', { paths: new Array(MOST_FILES_AN_IMPORT + 1).fill('a') }],
    ['a frame before the first', 'frame', { caseId: 'one', frame: -2 }],
    ['a cohort of an unknown filter', 'cohort', { filter: { ...noFilter, patient: 'x' } }],
    ['a cohort without its filters', 'cohort', { filter: {} }],
    ['a threshold above one', 'cohortAt', { filter: noFilter, threshold: 1.01 }],
    ['a format that is none', 'cohortExport', { filter: noFilter, threshold: 0.5, format: 'xlsx' }],
    ['a case to explain that is a path', 'explainCase', { caseId: '../one' }],
    ['a view shared by a window that there is not', 'shareStage', { from: 'other', stage: null }],
    [
      'marks of a case that is a path',
      'saveMarks',
      { caseId: '../x', reader: '', marks: { measurements: [], keyImages: [] } },
    ],
    ['a preset that is none', 'setSettings', { preset: 'endless' }],
    ['a folder of data that no dialog gave', 'setSettings', { dataFolder: '/etc' }],
  ])('is refused with %s', async (_what, name, params) => {
    const { workstation, call } = answering({ ok: true, result: null })
    expect(await answerCall(workstation, name, params)).toMatchObject({ ok: false, error: { code: 'BAD_REQUEST' } })
    expect(call).not.toHaveBeenCalled()
  })

  it('is refused without repeating what was sent', async () => {
    const { workstation } = answering({ ok: true, result: null })
    const answer = await answerCall(workstation, 'openCase', { caseId: 'DOE^JANE' })
    expect(JSON.stringify(answer)).not.toContain('DOE')
  })

  it('gets the error of the workstation with its code', async () => {
    const error = { code: 'CASE_NOT_FOUND', message: 'There is no such case.' }
    const { workstation } = answering({ ok: false, error })
    expect(await answerCall(workstation, 'openCase', { caseId: 'one' })).toEqual({ ok: false, error })
  })

  it('never gets an answer that is not as agreed', async () => {
    const log = vi.spyOn(console, 'error').mockReturnValue()
    const { workstation } = answering({ ok: true, result: { ...appInfo, secret: 'x' } })
    expect(await answerCall(workstation, 'appInfo', null)).toMatchObject({ ok: false, error: { code: 'INTERNAL' } })
    expect(log).toHaveBeenCalledOnce()
    log.mockRestore()
  })

  it('turns an exception into an error as data', async () => {
    const log = vi.spyOn(console, 'error').mockReturnValue()
    const call = vi.fn(async () => Promise.reject(new Error('disk full'))) as Call
    const answer = await answerCall({ call }, 'listCases', null)
    expect(answer).toMatchObject({ ok: false, error: { code: 'INTERNAL' } })
    log.mockRestore()
  })
})
