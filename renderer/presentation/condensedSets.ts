import type { CellResult, ExperimentRun, SampleGrid } from '../../contract'

/** One condensed set: its pictures and what they are worth. */
export interface CondensedSet {
  /** Weight of the bits; 0 is plain condensation. */
  readonly weight: number
  readonly seed: number
  readonly grid: SampleGrid
  readonly result: CellResult
}

/** The condensed sets of a run whose training is finished and whose pictures are there, by weight. */
export function condensedSetsOf(run: ExperimentRun, samples: readonly SampleGrid[]): CondensedSet[] {
  const grids = new Map(samples.map((grid) => [grid.cell, grid]))
  return run.results
    .flatMap((result) => {
      const grid = grids.get(result.cell.id)
      return grid && result.cell.method === 'condensation'
        ? [{ weight: result.cell.value, seed: result.cell.seed, grid, result }]
        : []
    })
    .sort((a, b) => a.seed - b.seed || a.weight - b.weight)
}

/** The plain set of the same seed and as many pictures: what a set under pressure is compared with. */
export function plainTwin(sets: readonly CondensedSet[], of: CondensedSet): CondensedSet | null {
  if (of.weight === 0) return null
  const twin = sets.find(({ weight, seed }) => weight === 0 && seed === of.seed)
  return twin && twin.grid.count === of.grid.count && twin.grid.size === of.grid.size ? twin : null
}

/** Mean bits of a picture of the set. */
export const bitsAPicture = ({ grid }: CondensedSet): number =>
  grid.bits.reduce((sum, { after }) => sum + after, 0) / Math.max(1, grid.bits.length)
