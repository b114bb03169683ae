import { SimpleBitsError, type ExperimentData } from '../../../contract'
import { seededRng, type Rng } from '../../engine/rng'
import { blended, centred, inGrey, sideBySide, SIDE, sineStripes, uniformNoise, type Square } from './compose'
import { loadNatural, naturalClasses, naturalFiles, type NaturalName, type Pools } from './natural'
import { pictureAt, type PictureSet } from './pictureSet'
import { SPLITS, type ExperimentSet, type ExperimentSets, type Parts, type SplitName } from './sets'

type DistractorData = Extract<ExperimentData, { set: 'side-by-side' | 'blend' | 'noise' | 'stripes' }>

/** The one seed of the made-up sets: whatever an experiment trains with, it is tested on the same pictures. */
const MAKING_SEED = 20_220_108

interface Made {
  readonly picture: Square
  /** The labelled part alone, where the distractor lies over it. */
  readonly clean: Square | null
}

interface Recipe {
  /** Which set gives the labels, and which one the distractor where that is a picture. */
  readonly labelled: NaturalName
  readonly other: NaturalName | null
  make(labelled: Uint8Array, other: Uint8Array, rng: Rng): Made
  readonly halves: 'left' | 'right' | null
}

function recipeOf(data: DistractorData): Recipe {
  const over = (part: Square, distractor: Square) => ({ picture: blended(part, distractor), clean: blended(part) })
  switch (data.set) {
    case 'side-by-side':
      return data.label === 'digit'
        ? {
            labelled: 'digits',
            other: 'clothing',
            halves: 'left',
            make: (digit, clothing) => ({ picture: sideBySide(digit, clothing), clean: null }),
          }
        : {
            labelled: 'clothing',
            other: 'digits',
            halves: 'right',
            make: (clothing, digit) => ({ picture: sideBySide(digit, clothing), clean: null }),
          }
    case 'blend':
      return data.label === 'digit'
        ? {
            labelled: 'digits',
            other: 'photos',
            halves: null,
            make: (digit, photo) => over(centred(digit), inGrey(photo)),
          }
        : {
            labelled: 'photos',
            other: 'digits',
            halves: null,
            make: (photo, digit) => over(inGrey(photo), centred(digit)),
          }
    case 'noise':
      return {
        labelled: 'digits',
        other: null,
        halves: null,
        make: (digit, _, rng) => over(centred(digit), uniformNoise(rng)),
      }
    case 'stripes':
      return {
        labelled: 'photos',
        other: null,
        halves: null,
        make: (photo, _, rng) => over(photo, sineStripes(rng)),
      }
  }
}

/**
 * Makes the pictures of a distractor set, 32 × 32 in three channels: every labelled picture with a distractor drawn by seed.
 *
 * @throws SimpleBitsError DATA_MISSING, BAD_REQUEST where more labelled pictures are asked for than there are
 */
export async function loadDistractors(root: string, data: DistractorData): Promise<ExperimentSets> {
  const recipe = recipeOf(data)
  const names = [recipe.labelled, ...(recipe.other ? [recipe.other] : [])]
  const [labelled, other = null] = await Promise.all(names.map((name) => loadNatural(root, name)))
  if (!labelled) throw new RangeError('A distractor set needs a labelled part')
  const make = (split: SplitName) => makeSplit(recipe, { labelled, other }, { split, count: data[split] })
  const [train, validation, test] = SPLITS.map(make) as [ExperimentSet, ExperimentSet, ExperimentSet]
  const files = names.flatMap(naturalFiles)
  return { size: SIDE, channels: 3, train, validation, test, files, classNames: naturalClasses(recipe.labelled) }
}

function makeSplit(
  recipe: Recipe,
  pools: { labelled: Pools; other: Pools | null },
  of: { split: SplitName; count: number },
): ExperimentSet {
  const own = pools.labelled[of.split]
  const others = pools.other?.[of.split] ?? null
  requireCount(own, { ...of, name: recipe.labelled })
  const rng = seededRng(MAKING_SEED + SPLITS.indexOf(of.split))
  const length = SIDE * SIDE * 3
  const pictures = new Uint8Array(of.count * length)
  const clean = recipe.halves ? null : new Uint8Array(of.count * length)
  for (let i = 0; i < of.count; i++) {
    const partner = others ? pictureAt(others, rng.integer(others.count)) : new Uint8Array()
    const made = recipe.make(pictureAt(own, i), partner, rng)
    pictures.set(made.picture, i * length)
    if (made.clean) clean?.set(made.clean, i * length)
  }
  const parts: Parts | null = recipe.halves
    ? { kind: 'halves', labelled: recipe.halves }
    : clean && { kind: 'overlay', clean }
  return { size: SIDE, channels: 3, count: of.count, pictures, labels: own.labels.slice(0, of.count), parts }
}

/** @throws SimpleBitsError BAD_REQUEST, naming the field, where there are fewer pictures than asked for */
export function requireCount(
  pool: Pick<PictureSet, 'count'>,
  of: { split: SplitName; count: number; name: string },
): void {
  if (of.count <= pool.count) return
  throw new SimpleBitsError(
    'BAD_REQUEST',
    `data.${of.split}: there are ${pool.count} pictures (${of.name}), ${of.count} are asked for.`,
  )
}
