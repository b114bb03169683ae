import { vi } from 'vitest'
import {
  caseId,
  caseSummary,
  SimpleBitsError,
  type CallAnswer,
  type CallParams,
  type CallResult,
  type CaseDetail,
  type CaseSummary,
  type WorkstationCall,
} from '../../contract'
import { exampleHeader } from './exampleReport'

const SIZE = { width: 8, height: 8 }

type Answers = { readonly [C in WorkstationCall]?: (params: CallParams<C>) => CallResult<C> | Promise<CallResult<C>> }

/** What the window's stores talk to: answers by call, what an answer throws as a refusal; and the pixels of `exampleDetail`. */
export function mainSide(answers: Answers): void {
  const call = async <C extends WorkstationCall>(name: C, params: CallParams<C>): Promise<CallAnswer<C>> => {
    try {
      const answer = answers[name]
      if (!answer) throw new SimpleBitsError('BAD_REQUEST', `The test answers no ${name}.`)
      return { ok: true, result: await answer(params) }
    } catch (error) {
      return { ok: false, error: SimpleBitsError.from(error).toWire() }
    }
  }
  vi.stubGlobal('window', { api: { call } })
  vi.stubGlobal('fetch', async () => new Response(new Uint8Array(SIZE.width * SIZE.height)))
}

export const exampleSummary = (id: string, changes: Partial<CaseSummary> = {}): CaseSummary =>
  caseSummary.parse({
    ...{ id, file: `/films/${id}.dcm`, bundled: false, status: 'ready', patientLine: '', title: `Film ${id}` },
    ...{ sex: null, age: null, view: null, studyDate: null, patientKey: null, reportLabel: null },
    ...{ probability: 0.8, decision: true, misclassified: null, thumbnail: null, audit: null, readBy: [], queues: [] },
    ...{ wrongness: null, alarm: null, error: null, warnings: [] },
    ...changes,
  })

/** A film of 8 × 8 pixels, as the main side opens it. */
export function exampleDetail(id: string, changes: Partial<CaseDetail> = {}): CaseDetail {
  const box = { x: 0, y: 0, width: 128, height: 128 }
  const record = { version: 'model-input/1', low: 0, high: 255, inverted: false, box } as const
  return {
    summary: exampleSummary(caseId.parse(id)),
    header: exampleHeader(SIZE),
    ...{ pixelsUrl: `app://film/${id}`, pixelType: 'uint8' },
    modelInput: { record, pixels: new Uint8Array(128 * 128) },
    ...{ threshold: 0.5, audit: null, notes: '' },
    ...changes,
  }
}
