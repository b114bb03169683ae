import { pearson } from '../metrics'
import { seededRng } from '../rng'
import { spreadOf, type Repeatability } from './outcome'
import { decisionHolds } from './noisyReading'
import type { AuditProblem } from './problem'
import { measureLevels } from './score'
import { search, type Search, type SearchOptions } from './search'

const FURTHER_SEEDS = 2

/** What further seeds came to: a `Repeatability` in which the audit's own bits are still to come. */
export interface Repeats extends Omit<Repeatability, 'bits'> {
  /** Of the further seeds' counterparts, under all noises. */
  readonly bits: readonly number[]
}

/** @param bits of the audit's own counterpart, under all noises */
export function repeatabilityOf(repeats: Repeats, bits: number): Repeatability {
  return { ...repeats, bits: spreadOf([bits, ...repeats.bits]) }
}

/**
 * The same search from other starting noise: how much the counterpart depends on chance.
 * @returns null where it was cancelled before the last of them
 */
export async function repeatSearch(
  problem: AuditProblem,
  first: Search,
  options: SearchOptions & { readonly seed: number; readonly onRun: (done: number) => void },
): Promise<Repeats | null> {
  const draws = problem.noises.shape[0]
  const seeds: number[] = []
  const bits: number[] = []
  const pictures = [first.chosen.levels]
  let decisionsKept = 0
  for (let run = 1; run <= FURTHER_SEEDS; run++) {
    const seed = options.seed + run
    const found = await search(problem, { ...options, rng: seededRng(seed) })
    if (options.cancelled()) return null
    seeds.push(seed)
    pictures.push(found.chosen.levels)
    bits.push(measureLevels(problem, found.chosen.levels, { draws }).bits)
    if (decisionKept(problem, found, options.film.filmDecision)) decisionsKept++
    options.onRun(run)
  }
  return { seeds, bits, decisionsKept, pixelCorrelation: lowestCorrelation(changeable(problem, pictures)) }
}

/** As the audit's own decision is judged: not lost in the search, and held under all of the certificate's noises. */
function decisionKept(problem: AuditProblem, { choice, chosen }: Search, decision: boolean): boolean {
  return choice.retention !== 'lost' && decisionHolds(problem, chosen.levels, { decision, noises: problem.noises })
}

/** Of each picture the pixels that the search may change: those that must stay are alike whatever it finds. */
function changeable({ kept }: AuditProblem, pictures: readonly Uint8Array[]): readonly Uint8Array[] {
  if (!kept) return pictures
  const stays = kept.dataSync()
  return pictures.map((levels) => levels.filter((_, i) => !stays[i]))
}

/** Lowest Pearson correlation of any two pictures. */
export function lowestCorrelation(pictures: readonly Uint8Array[]): number {
  const pairs = pictures.flatMap((a, i) => pictures.slice(i + 1).map((b) => pearson(a, b)))
  return Math.min(...pairs)
}
