import { join } from 'node:path'
import { seededRng } from '../../engine/rng'
import { readIdx } from './idx'
import { chosen, type PictureSet } from './pictureSet'

export type NaturalName = 'digits' | 'clothing' | 'photos'

/** Pictures to train on, to choose by, and to report on; no picture is in two of them. */
export interface Pools {
  readonly train: PictureSet
  readonly validation: PictureSet
  readonly test: PictureSet
}

interface NaturalSet {
  /** File names without `-images-ubyte.gz`. */
  readonly files: { readonly train: string; readonly test: string | null }
  /** Pictures kept out of the training file to choose by, and to report on where there is no test file. */
  readonly validation: number
  readonly test: number
  readonly classNames: readonly string[]
}

/**
 * The one seed by which the files are dealt: an experiment, a flow and a later experiment share the same test pictures,
 * whatever seed they train with.
 */
const DEAL_SEED = 20_220_107

const NATURAL: Readonly<Record<NaturalName, NaturalSet>> = {
  digits: {
    files: { train: 'digits28', test: null },
    validation: 1000,
    test: 2000,
    classNames: Array.from({ length: 10 }, (_, digit) => String(digit)),
  },
  clothing: {
    files: { train: 'clothing28-train', test: 'clothing28-test' },
    validation: 1000,
    test: 0,
    classNames: ['T-shirt', 'trousers', 'pullover', 'dress', 'coat', 'sandal', 'shirt', 'sneaker', 'bag', 'boot'],
  },
  photos: {
    files: { train: 'photos32-train', test: 'photos32-test' },
    validation: 800,
    test: 0,
    classNames: ['aeroplane', 'car', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'lorry'],
  },
}

export function naturalClasses(name: NaturalName): readonly string[] {
  return NATURAL[name].classNames
}

/** The files that a set is read from, relative to the data folder. */
export function naturalFiles(name: NaturalName): string[] {
  const { train, test } = NATURAL[name].files
  return [train, ...(test === null ? [] : [test])].flatMap((stem) => [imagesOf(stem), labelsOf(stem)])
}

/**
 * Reads digits (28 × 28 grey), clothing (28 × 28 grey) or photos (32 × 32 colour).
 *
 * @param root the data folder with `natural/`
 * @throws SimpleBitsError DATA_MISSING, FILE_UNREADABLE
 */
export async function loadNatural(root: string, name: NaturalName): Promise<Pools> {
  const { files, validation, test } = NATURAL[name]
  const all = await readPair(root, files.train)
  const order = seededRng(DEAL_SEED).permutation(all.count)
  return {
    train: chosen(all, order.slice(validation + test)),
    validation: chosen(all, order.slice(0, validation)),
    test:
      files.test === null ? chosen(all, order.slice(validation, validation + test)) : await readPair(root, files.test),
  }
}

const imagesOf = (stem: string) => `natural/${stem}-images-ubyte.gz`
const labelsOf = (stem: string) => `natural/${stem}-labels-ubyte.gz`

async function readPair(root: string, stem: string): Promise<PictureSet> {
  const [images, labels] = await Promise.all([readIdx(join(root, imagesOf(stem))), readIdx(join(root, labelsOf(stem)))])
  const [count = 0, size = 0, , channels = 1] = images.dimensions
  return { size, channels: channels === 3 ? 3 : 1, count, pictures: images.data, labels: labels.data }
}
