import { SimpleBitsError, type CallParams, type CaseId, type QueueName } from '../../contract'
import { percentText } from '../domain/numbers'
import { sayEmptyQueue } from './found'
import type { Output } from './terminal'
import type { TerminalStore } from './withStore'
import { count, duration, failed, leftText } from './words'

interface QueueAudit {
  readonly queue: QueueName
  readonly choice: Pick<CallParams<'startAudit'>, 'preset' | 'objective' | 'seed' | 'repeat' | 'confirmed'>
  /** Also those that have an audit already. */
  readonly again: boolean
  readonly json: boolean
  /** Reports are written there too; null: the audits stay in the store alone. */
  readonly out: string | null
}

/**
 * Audits the films of a queue one after the other, as the window does; each result is in the store when it is there. A report is
 * written while the next film is audited.
 */
export async function auditQueue(store: TerminalStore, request: QueueAudit, output: Output): Promise<void> {
  const cases = await store.queue(request.queue)
  sayEmptyQueue(output, cases)
  const chosen = request.again ? cases : cases.filter(({ audit }) => audit === null)
  const left = cases.length - chosen.length
  if (left > 0) output.say(`${count(left, 'film')} audited before and left alone (--again audits them too).`)
  const began = Date.now()
  let writing = Promise.resolve()
  try {
    for (const [i, { id, file }] of chosen.entries()) {
      if (output.signal.aborted) return
      await wakeEngine(store)
      const rest = i === 0 ? null : (((Date.now() - began) / i) * (chosen.length - i)) / 1000
      const place = `[${i + 1}/${chosen.length}${leftText(rest)}] ${id}`
      const failure = (error: unknown) => tellFailure({ file, error: SimpleBitsError.from(error) }, request, output)
      try {
        await auditOne(store, { caseId: id, place, request }, output)
        await writing
        if (request.out !== null) writing = writeReport(store, id).catch(failure)
      } catch (error) {
        if (SimpleBitsError.from(error).code === 'CANCELLED') return
        failure(error)
      }
    }
  } finally {
    await writing
  }
}

async function writeReport(store: TerminalStore, caseId: CaseId): Promise<void> {
  await store.ask('exportReport', { caseId, identification: 'pseudonym' })
}

function tellFailure(
  { file, error }: { readonly file: string; readonly error: SimpleBitsError },
  { json }: Pick<QueueAudit, 'json'>,
  output: Output,
): void {
  output.fail()
  output.say(failed({ file, error: error.toWire() }))
  if (json) output.data(JSON.stringify({ file, error: error.toWire() }))
}

/** Before a dead engine every audit would wait for ever. @throws SimpleBitsError ENGINE_DIED where it does not start again */
async function wakeEngine(store: TerminalStore): Promise<void> {
  const { engine } = await store.ask('appInfo', null)
  if (engine.state !== 'dead') return
  const state = await store.ask('restartEngine', null)
  if (state.state === 'dead') throw new SimpleBitsError('ENGINE_DIED', state.message)
}

interface One {
  readonly caseId: CaseId
  readonly place: string
  readonly request: QueueAudit
}

async function auditOne(store: TerminalStore, { caseId, place, request }: One, output: Output): Promise<void> {
  const ended = auditEnded(store, { caseId, place }, output)
  await store.ask('startAudit', { caseId, ...request.choice }).catch((error: unknown) => {
    ended.stop()
    throw error
  })
  await ended.done
  const { audit: record } = await store.ask('openCase', { caseId })
  if (record === null) throw new SimpleBitsError('INTERNAL', 'The audit ended, but left no record.')
  const share = percentText(record.simplified.bits / record.original.bits)
  output.say(`${caseId}: ${record.decisionKept ? 'decision kept' : 'DECISION NOT KEPT'}, ${share} of the bits`)
  if (request.json) output.data(JSON.stringify(record))
}

function auditEnded(store: TerminalStore, { caseId, place }: Pick<One, 'caseId' | 'place'>, output: Output) {
  let stop: () => void = () => undefined
  const cancel = () => void store.ask('cancelAudit', { caseId })
  const done = new Promise<void>((resolve, reject) => {
    stop = store.onEvent((event) => {
      if (!('caseId' in event) || event.caseId !== caseId) return
      if (event.type === 'auditProgress') {
        const { done: steps, total, secondsLeft } = event.progress
        const film = secondsLeft === null ? '' : `, this film ${duration(secondsLeft)}`
        output.progress(`${place}: ${Math.round((100 * steps) / total)} %${film}`)
      } else if (event.type === 'auditDone') resolve()
      else if (event.type === 'auditFailed') reject(SimpleBitsError.fromWire(event.error))
    })
    output.signal.addEventListener('abort', cancel, { once: true })
  }).finally(() => {
    stop()
    output.signal.removeEventListener('abort', cancel)
  })
  done.catch(() => undefined)
  return { done, stop: () => stop() }
}
