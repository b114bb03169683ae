/** 8-bit pictures one after the other, each height × width × channels row-major, and the class of each. */
export interface PictureSet {
  readonly size: number
  readonly channels: 1 | 3
  readonly count: number
  readonly pictures: Uint8Array
  /** Index into the class names, one a picture. */
  readonly labels: Uint8Array
}

/** Values of one picture. */
function picturesLength({ size, channels }: Pick<PictureSet, 'size' | 'channels'>): number {
  return size * size * channels
}

/** One picture's levels, not copied. */
export function pictureAt(set: PictureSet, index: number): Uint8Array {
  const length = picturesLength(set)
  return set.pictures.subarray(index * length, (index + 1) * length)
}

/** The pictures of these places, in their order. */
export function chosen(set: PictureSet, places: readonly number[]): PictureSet {
  const length = picturesLength(set)
  const pictures = new Uint8Array(places.length * length)
  places.forEach((place, i) => pictures.set(pictureAt(set, place), i * length))
  return { ...set, count: places.length, pictures, labels: Uint8Array.from(places, (place) => set.labels[place] ?? 0) }
}

/** Grey pictures with their one channel three times. */
export function inColour(set: PictureSet): PictureSet {
  if (set.channels === 3) return set
  const pictures = new Uint8Array(set.pictures.length * 3)
  for (let i = 0; i < set.pictures.length; i++) pictures.fill(set.pictures[i] ?? 0, 3 * i, 3 * i + 3)
  return { ...set, channels: 3, pictures }
}

/** Whether every pixel has the same level in all channels. */
export function isGrey({ channels, pictures }: PictureSet): boolean {
  return pictures.every((level, i) => level === pictures[i - (i % channels)])
}
