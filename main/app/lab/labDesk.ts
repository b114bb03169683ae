import PQueue from 'p-queue'
import {
  faultOf,
  SimpleBitsError,
  type CallResult,
  type ExperimentEvent,
  type ExperimentRun,
  type RunState,
} from '../../../contract'
import { checkedExperiment, tablesOf, tradeOffOf } from '../../domain/experiments'
import type { LabContext } from './deps'
import { asSeen, listRuns } from './listRuns'
import { runExperiment } from './runExperiment'

/** A run that waits or is computed. */
interface Job {
  run: ExperimentRun
  readonly abort: AbortController
  /** What it becomes when it ends because it was asked to. */
  wanted: 'paused' | 'stopped'
  toldAt: number
}

/** Progress comes with every step; the window needs it a few times a second. */
const TELL_EVERY_MS = 250
/** How long a closing lab waits for the checkpoint of the run that is computed. */
const CLOSE_PATIENCE_MS = 4000

/** The queue in front of the lab's engine: one run at a time, in order. What a run has done lies in its folder at any moment. */
export class LabDesk {
  private readonly queue = new PQueue({ concurrency: 1 })
  /** What the window asks is answered in turn: two requests at once never see the same folder in the same state. */
  private readonly requests = new PQueue({ concurrency: 1 })
  private readonly jobs = new Map<string, Job>()

  constructor(private readonly at: LabContext) {}

  async runs(): Promise<ExperimentRun[]> {
    const found = await listRuns(this.at.lab.runs, new Set(this.jobs.keys()))
    return found.map((run) => this.jobs.get(run.id)?.run ?? run)
  }

  /** Curves so far, the last pictures of every cell, and what the finished ones show. @throws SimpleBitsError FILE_NOT_FOUND */
  async details(id: string): Promise<CallResult<'labRun'>> {
    const details = await this.at.lab.runs.details(id)
    const run = this.jobs.get(id)?.run ?? asSeen(details.run)
    const tables = tablesOf(run).map(({ title, cells }) => ({ title, cells: cells.map((row) => [...row]) }))
    return { ...details, run, tables, tradeOff: tradeOffOf(run) }
  }

  /** @throws SimpleBitsError BAD_REQUEST, naming the wrong fields; DATA_MISSING */
  start(given: unknown): Promise<string> {
    return this.requests.add(() => this.create(given))
  }

  /** Takes a run up again from where its folder stands. @throws SimpleBitsError BAD_REQUEST, FILE_NOT_FOUND */
  resume(id: string): Promise<void> {
    return this.requests.add(() => this.goOn(id))
  }

  /** A computed run ends at its next step and keeps a checkpoint; a waiting one leaves the queue. */
  pause(id: string): Promise<void> {
    return this.requests.add(() => this.end(id, 'paused'))
  }

  /** Ends a run for good; what is finished stays. */
  stop(id: string): Promise<void> {
    return this.requests.add(() => this.endForGood(id))
  }

  /** @throws SimpleBitsError BAD_REQUEST while it is computed or waits */
  remove(id: string): Promise<void> {
    return this.requests.add(() => this.discard(id))
  }

  /** Pauses what is computed, as far as it obeys in time. */
  async close(): Promise<void> {
    this.queue.clear()
    for (const job of this.jobs.values()) job.abort.abort()
    let timer: ReturnType<typeof setTimeout> | undefined
    const patience = new Promise((resolve) => (timer = setTimeout(resolve, CLOSE_PATIENCE_MS)))
    await Promise.race([this.queue.onIdle(), patience])
    clearTimeout(timer)
    await this.at.lab.engine.close()
  }

  private async create(given: unknown): Promise<string> {
    const experiment = checkedExperiment(given)
    const { runs, catalogue } = this.at.lab
    const missing = await catalogue.missing(experiment)
    if (missing !== null) throw new SimpleBitsError('DATA_MISSING', missing.text)
    const id = freeName(experiment.name, new Set((await runs.list()).map((run) => run.id)))
    const run: ExperimentRun = {
      version: 1,
      id,
      experiment,
      state: 'queued',
      error: null,
      endedAt: null,
      seconds: 0,
      results: [],
      revision: null,
      versions: {},
      backend: '',
      hashes: {},
      startedAt: this.at.clock.now().toISOString(),
    }
    await runs.create(run)
    this.enqueue(run)
    return id
  }

  private async goOn(id: string): Promise<void> {
    if (this.jobs.has(id)) throw new SimpleBitsError('BAD_REQUEST', 'This run is being computed already.')
    const run = asSeen(await this.at.lab.runs.read(id))
    if (run.state === 'done' || run.state === 'stopped')
      throw new SimpleBitsError('BAD_REQUEST', 'This run has ended. Start the experiment anew.')
    this.enqueue(await this.at.lab.runs.change(id, { state: 'queued', error: null, endedAt: null }))
  }

  private async endForGood(id: string): Promise<void> {
    if (this.jobs.has(id)) return this.end(id, 'stopped')
    const run = asSeen(await this.at.lab.runs.read(id))
    if (run.state === 'done' || run.state === 'stopped') return
    this.tellRun(await this.ended(id, 'stopped'))
  }

  private async discard(id: string): Promise<void> {
    if (this.jobs.has(id)) throw new SimpleBitsError('BAD_REQUEST', 'Stop the run before you remove it.')
    await this.at.lab.runs.remove(id)
    this.at.tell({ type: 'labRemoved', runId: id })
  }

  private enqueue(run: ExperimentRun): void {
    const job: Job = { run, abort: new AbortController(), wanted: 'paused', toldAt: 0 }
    this.jobs.set(run.id, job)
    this.tellRun(run)
    void this.queue.add(() => this.compute(job))
  }

  private async end(id: string, wanted: Job['wanted']): Promise<void> {
    const job = this.jobs.get(id)
    if (!job) return
    job.wanted = wanted
    job.abort.abort()
    if (job.run.state !== 'queued') return
    this.jobs.delete(id)
    this.tellRun(await this.ended(id, wanted))
  }

  private async compute(job: Job): Promise<void> {
    const { lab } = this.at
    const { id, experiment } = job.run
    if (job.abort.signal.aborted) return
    this.change(job, { state: 'running' })
    try {
      if (lab.engine.state().state === 'dead') await lab.engine.restart()
      const call = { signal: job.abort.signal, onEvent: (event: ExperimentEvent) => this.pass(job, event) }
      const run = await runExperiment(lab, { experiment, runId: id, data: lab.data.folder(), resume: true }, call)
      const stopped = run.state === 'paused' && job.wanted === 'stopped'
      this.leave(stopped ? await this.ended(id, 'stopped') : run)
    } catch (error) {
      await this.failed(job, SimpleBitsError.from(error))
    } finally {
      if (this.jobs.get(id) === job) this.jobs.delete(id)
    }
  }

  private async failed(job: Job, error: SimpleBitsError): Promise<void> {
    const { id } = job.run
    const { log, lab } = this.at
    const cancelled = error.code === 'CANCELLED'
    const state = cancelled ? job.wanted : error.code === 'ENGINE_DIED' ? 'interrupted' : 'failed'
    log.error({ ...faultOf(error), state }, 'a run of the lab ended early')
    try {
      const wire = cancelled ? null : { code: error.code, message: plainDeath(error) }
      this.leave(await lab.runs.change(id, { state, error: wire, endedAt: hasEnded(state) ? this.now() : null }))
    } catch (problem) {
      log.error(faultOf(problem), 'the end of a run could not be saved')
    }
  }

  private pass(job: Job, event: ExperimentEvent): void {
    const { tell } = this.at
    const runId = job.run.id
    if (event.kind === 'point') return tell({ type: 'labPoint', runId, point: event.point })
    if (event.kind === 'samples') return tell({ type: 'labSamples', runId, samples: event.samples })
    if (event.kind === 'result') return this.change(job, { results: [...job.run.results, event.result] })
    const now = performance.now()
    if (now - job.toldAt < TELL_EVERY_MS) return
    job.toldAt = now
    tell({ type: 'labProgress', runId, progress: event.progress })
  }

  private change(job: Job, fields: Partial<ExperimentRun>): void {
    job.run = { ...job.run, ...fields }
    this.tellRun(job.run)
  }

  private ended(id: string, state: RunState): Promise<ExperimentRun> {
    return this.at.lab.runs.change(id, { state, endedAt: hasEnded(state) ? this.now() : null })
  }

  /** Only now that its folder says how it ended may it be taken up again. */
  private leave(run: ExperimentRun): void {
    this.jobs.delete(run.id)
    this.tellRun(run)
  }

  private tellRun(run: ExperimentRun): void {
    this.at.tell({ type: 'labRun', run })
  }

  private now(): string {
    return this.at.clock.now().toISOString()
  }
}

function hasEnded(state: RunState): boolean {
  return state === 'stopped' || state === 'failed' || state === 'done'
}

/** A dead engine is started anew by itself when the run goes on. */
function plainDeath({ code, message }: SimpleBitsError): string {
  if (code !== 'ENGINE_DIED') return message
  return 'The lab’s engine stopped unexpectedly. What was finished is kept; resume the run to go on from its last checkpoint.'
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name
  for (let number = 2; taken.has(free); number++) free = `${name.slice(0, 58)}-${number}`
  return free
}
