import type { Cell, Experiment } from '../../../../contract'
import { referenceSteps, STEP_COST, workOf, type Work } from '../../../domain/experiments'

type Kind = keyof Work

/** Of the running mean, a step, once there are enough. */
const MEMORY = 0.98

/** Measures how long steps take, and tells how long the rest will. */
export class Pace {
  private readonly seconds = new Map<Kind, number>()
  private readonly counts = new Map<Kind, number>()

  constructor(
    private readonly experiment: Experiment,
    private readonly cells: readonly Cell[],
  ) {}

  /** A first step may make a graph and takes many times as long as the others: it counts until there is a second. */
  measured(kind: Kind, seconds: number): void {
    const count = this.counts.get(kind) ?? 0
    const share = Math.max(1 / Math.max(1, count), 1 - MEMORY)
    this.counts.set(kind, count + 1)
    this.seconds.set(kind, (1 - share) * (this.seconds.get(kind) ?? 0) + share * seconds)
  }

  /**
   * Seconds left, null before the first step.
   *
   * @param at the current cell's place, and what of its work is done
   * @param references how many seeds still need their classifier on originals
   */
  secondsLeft(at: { place: number; done: Work }, references: number): number | null {
    if (this.seconds.size === 0) return null
    const kinds: readonly Kind[] = ['classifier', 'joint', 'condensing']
    const rest = this.cells.slice(at.place).map((cell) => workOf(this.experiment, cell))
    const left = (kind: Kind) => rest.reduce((sum, work) => sum + work[kind], 0) - at.done[kind]
    const extra = references * referenceSteps(this.experiment) * this.secondsOf('classifier')
    return kinds.reduce((sum, kind) => sum + Math.max(0, left(kind)) * this.secondsOf(kind), extra)
  }

  private secondsOf(kind: Kind): number {
    const own = this.seconds.get(kind)
    if (own !== undefined) return own
    const [known, seconds] = [...this.seconds][0] ?? (['classifier', 0] as const)
    return (seconds * STEP_COST[kind]) / STEP_COST[known]
  }
}
