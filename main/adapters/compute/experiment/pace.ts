import type { Cell, Experiment } from '../../../../contract'
import { referenceSteps, workOf, type Work } from '../../../domain/experiments'

type Kind = keyof Work

/** What a step of one kind costs beside one of another, until it is measured. */
const ASSUMED: Work = { classifier: 1, joint: 8, condensing: 60 }
const MEMORY = 0.98

/** Measures how long steps take, and tells how long the rest will. */
export class Pace {
  private readonly seconds = new Map<Kind, number>()

  constructor(
    private readonly experiment: Experiment,
    private readonly cells: readonly Cell[],
  ) {}

  measured(kind: Kind, seconds: number): void {
    const known = this.seconds.get(kind)
    this.seconds.set(kind, known === undefined ? seconds : MEMORY * known + (1 - MEMORY) * seconds)
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
    return (seconds * ASSUMED[kind]) / ASSUMED[known]
  }
}
