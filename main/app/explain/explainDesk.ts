import {
  BUNDLED_FLOW,
  SimpleBitsError,
  type AuditRecord,
  type CallResult,
  type CaseId,
  type Counterfactual,
  type Explanation,
  type ExplainTask,
  type Progress,
} from '../../../contract'
import { basename } from 'node:path'
import { detailOfFrame } from '../../domain/auditRecord'
import type { DecidingClassifier } from '../../domain/decidingClassifier'
import { requireConfirmation } from '../../domain/suitability'
import type { StoredAudit } from '../../ports'
import type { ExplainContext } from './deps'
import { freshClassifier } from './freshClassifier'

/** Other methods, the knob pressed on, further tests: one task a case at a time; what was finished is kept in the store. */
export class ExplainDesk {
  private readonly running = new Map<CaseId, AbortController>()

  constructor(private readonly at: ExplainContext) {}

  async knownOf(id: CaseId): Promise<CallResult<'knownExplanation'>> {
    return this.at.deps.store.explanation(id, await this.aboutOf(id))
  }

  /**
   * @param confirmed answers the film's warnings that must be confirmed; an audit has answered them before
   * @throws SimpleBitsError WRONG_MODALITY where nobody has
   */
  async explain(id: CaseId, confirmed: boolean): Promise<Explanation> {
    const { deps, tell, worklist } = this.at
    const about = await this.aboutOf(id)
    const known = await deps.store.explanation(id, about)
    if (known.explanation) return known.explanation
    requireConfirmation(worklist.get(id), confirmed || worklist.summary(id).audit !== null)
    return this.during(id, async (signal) => {
      const { pixels: picture } = await this.input(id)
      const audit = await deps.store.audit(id)
      const comparable = audit && (await this.isOfToday(audit)) ? audit : null
      const request = {
        ...(await this.models(audit)),
        picture,
        keptMap: comparable?.simplifiedMap ?? null,
        keptDetail: comparable ? (detailOfFrame(comparable.frames, comparable.record.simplified.frame) ?? null) : null,
        seed: audit?.record.seed ?? 0,
        searches: false,
      }
      const found = await deps.engine.call('explain', request, {
        signal,
        onEvent: (event) => {
          if (event.kind === 'progress') return this.progress(id, 'methods', event.progress)
          if (event.kind === 'row') return tell({ type: 'explainRow', caseId: id, row: event.row })
          const { decision, method, map } = event
          tell({ type: 'explainMap', caseId: id, decision, map: { method, map } })
        },
      })
      if (found.stopped === 'finished') await deps.store.saveExplanation(id, about, { explanation: found })
      return found
    })
  }

  /** @throws SimpleBitsError BAD_REQUEST where there is no audit to go on from, or one of a part of the film or of another flow */
  async counterfactual(id: CaseId): Promise<Counterfactual> {
    const { deps, tell } = this.at
    const about = await this.aboutOf(id)
    const known = await deps.store.explanation(id, about)
    if (known.counterfactual) return known.counterfactual
    return this.during(id, async (signal) => {
      const { pixels: picture } = await this.input(id)
      const audit = await this.comparableAudit(id)
      const { record, simplifiedPicture } = audit
      if (!record.decisionKept)
        throw new SimpleBitsError(
          'BAD_REQUEST',
          'This audit did not keep the decision: there is nothing to press on from.',
        )
      const { objective, seed, simplified } = record
      // A picture chosen at the very start of an older audit has no pressure behind it: the first stop's that has is taken.
      const pressure = simplified.pressure || (record.path.find((point) => point.pressure > 0)?.pressure ?? 1)
      const request = { ...(await this.models(audit)), picture, start: simplifiedPicture, pressure, objective, seed }
      const found = await deps.engine.call('counterfactual', request, {
        signal,
        onEvent: (event) => {
          if (event.kind === 'progress') return this.progress(id, 'counterfactual', event.progress)
          tell({ type: 'explainStop', caseId: id, point: event.point, picture: event.picture })
        },
      })
      if (found.stopped === 'finished') await deps.store.saveExplanation(id, about, { counterfactual: found })
      return found
    })
  }

  /** @throws SimpleBitsError BAD_REQUEST as `counterfactual`, and where another audit has taken its place meanwhile */
  async testFurther(id: CaseId): Promise<AuditRecord> {
    const { deps, recordChanged } = this.at
    return this.during(id, async (signal) => {
      const { pixels: picture } = await this.input(id)
      const audit = await this.comparableAudit(id)
      const { record, simplifiedPicture: simplified } = audit
      const fresh = await freshClassifier(deps.models, record.model.name)
      const { objective, seed } = record
      const request = { ...(await this.models(audit)), picture, simplified, objective, seed, randomise: true, fresh }
      const found = await deps.engine.call('furtherTests', request, {
        signal,
        onEvent: ({ progress }) => this.progress(id, 'tests', progress),
      })
      const now = await deps.store.auditRecord(id)
      if (now?.createdAt !== record.createdAt)
        throw new SimpleBitsError('BAD_REQUEST', 'The film was audited again meanwhile. Test the new audit.')
      const tested = { ...now, tests: { ...now.tests, ...found } }
      await deps.store.changeRecord(id, tested)
      recordChanged()
      return tested
    })
  }

  async freshClassifier() {
    const { models, classifiers } = this.at.deps
    return freshClassifier(models, (await classifiers.inUse.get()).name)
  }

  secondOpinion(id: CaseId): CallResult<'secondOpinion'> {
    return this.at.deps.opinions.opinionOn(basename(this.at.worklist.get(id).file))
  }

  cancel(id: CaseId): void {
    this.running.get(id)?.abort()
  }

  close(): void {
    for (const abort of this.running.values()) abort.abort()
  }

  /** One task a case: a second one is refused, not queued behind the user's back. */
  private async during<T>(id: CaseId, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.running.has(id))
      throw new SimpleBitsError('BAD_REQUEST', 'This film is being worked on already. Wait for it, or cancel it.')
    const abort = new AbortController()
    this.running.set(id, abort)
    try {
      return await work(abort.signal)
    } finally {
      this.running.delete(id)
    }
  }

  private progress(caseId: CaseId, task: ExplainTask, progress: Progress): void {
    this.at.tell({ type: 'explainProgress', caseId, task, progress })
  }

  /** What an audit was made with is what everything beside it is about; without one, what decides now. */
  private async models(audit: StoredAudit | null) {
    const model = audit?.record.model.name ?? (await this.at.deps.classifiers.inUse.get()).name
    return { model, flow: BUNDLED_FLOW }
  }

  private async input(id: CaseId) {
    return (await this.at.films.get(this.at.worklist.get(id))).input
  }

  private async audit(id: CaseId): Promise<StoredAudit> {
    const audit = await this.at.deps.store.audit(id)
    if (audit) return audit
    throw new SimpleBitsError('BAD_REQUEST', 'This film has no audit yet. Audit it first.')
  }

  /** What goes on from an audit searches the whole film, and goes by the weights that it was made with. */
  private async comparableAudit(id: CaseId): Promise<StoredAudit> {
    const audit = await this.audit(id)
    if (audit.record.restriction)
      throw new SimpleBitsError(
        'BAD_REQUEST',
        'This audit simplified a part of the film only. Audit the whole film first, then go on from there.',
      )
    if (!(await this.measuredNow(audit)))
      throw new SimpleBitsError(
        'BAD_REQUEST',
        'This audit was measured with other weights of the flow, so that its bits do not compare. Audit the film again first.',
      )
    if (await this.decidedNow(audit)) return audit
    throw new SimpleBitsError(
      'BAD_REQUEST',
      `This audit was made with other weights of ${audit.record.model.name} than there are now. Audit the film again first.`,
    )
  }

  private async isOfToday(audit: StoredAudit): Promise<boolean> {
    return (await this.measuredNow(audit)) && (await this.decidedNow(audit))
  }

  private async measuredNow({ record }: StoredAudit): Promise<boolean> {
    return record.flow.sha256 === (await this.at.deps.models.describe(BUNDLED_FLOW)).sha256
  }

  private async decidedNow({ record: { model } }: StoredAudit): Promise<boolean> {
    const models = await this.at.deps.models.list()
    return models.some(({ name, sha256 }) => name === model.name && sha256 === model.sha256)
  }

  /** The film, the models and the audit that a result is about. */
  private async aboutOf(id: CaseId): Promise<string> {
    const { deps, worklist } = this.at
    const { sha256: flow } = await deps.models.describe(BUNDLED_FLOW)
    const audit = worklist.summary(id).audit?.createdAt ?? namesOf(await deps.classifiers.inUse.get())
    return [worklist.get(id).sha256, flow, audit].join(' ')
  }
}

/** Its weights, and calibration and threshold where those have a hash of their own: methods explain the decision that these make. */
const namesOf = ({ sha256, rule }: DecidingClassifier): string => (rule === sha256 ? sha256 : `${sha256} ${rule}`)
