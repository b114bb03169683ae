/** A seeded stream of random numbers. Two streams of one seed are equal; `fork` makes an independent child stream. */
export interface Rng {
  /** Uniform in [0, 1), 32 random bits. */
  uniform(): number
  /** Standard normal (Box–Muller). */
  normal(): number
  /** Uniform integer in [0, below). */
  integer(below: number): number
  uniformArray(length: number): Float32Array
  normalArray(length: number): Float32Array
  /** A permutation of 0 … length − 1 (Fisher–Yates). */
  permutation(length: number): number[]
  fork(label: string): Rng
}

/**
 * xoshiro128** (Blackman & Vigna 2018), its state filled from the seed by splitmix32. A negative seed fills it as its
 * magnitude does and then turns every bit of the first word, so that it shares no stream with a seed of 0 or more.
 *
 * @param seed a whole number of at most 53 bits, of which both halves count
 */
export function seededRng(seed: number): Rng {
  const [a, b, c, d] = filled(Math.abs(seed))
  return stream([seed < 0 ? ~a >>> 0 : a, b, c, d])
}

type State = readonly [number, number, number, number]

/** splitmix32 from the exclusive or of the seed's upper and lower half. */
function filled(seed: number): State {
  let x = (seed ^ Math.floor(seed / 2 ** 32)) >>> 0
  const next = () => {
    x = (x + 0x9e3779b9) >>> 0
    let z = x
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b)
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35)
    return (z ^ (z >>> 16)) >>> 0
  }
  return [next(), next(), next(), next()]
}

function stream(start: State): Rng {
  // Words of 32 bits in an array: in variables, each above 2³¹ would be an object on the heap.
  const words = Int32Array.from(start)
  const rotate = (v: number, k: number) => (v << k) | (v >>> (32 - k))
  const bits = () => {
    const [a, b] = [words[0] ?? 0, words[1] ?? 0]
    const c = (words[2] ?? 0) ^ a
    const d = (words[3] ?? 0) ^ b
    words[0] = a ^ d
    words[1] = b ^ c
    words[2] = c ^ (b << 9)
    words[3] = rotate(d, 11)
    return Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0
  }
  const uniform = () => bits() / 2 ** 32
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
  const integer = (below: number) => Math.floor(uniform() * below)
  return {
    uniform,
    normal,
    integer,
    uniformArray: (length) => Float32Array.from({ length }, uniform),
    normalArray: (length) => Float32Array.from({ length }, normal),
    permutation(length) {
      const order = Array.from({ length }, (_, i) => i)
      for (let i = length - 1; i > 0; i--) {
        const j = integer(i + 1)
        const kept = order[i] ?? i
        order[i] = order[j] ?? j
        order[j] = kept
      }
      return order
    },
    // as signed 32 bits: streams of one seed stay what they were in every version
    fork: (label) => stream(filled(hash(label) ^ bits())),
  }
}

/** FNV-1a. */
function hash(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return h >>> 0
}
