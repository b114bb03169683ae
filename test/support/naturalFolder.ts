import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seededRng } from '../../main/engine/rng'

const SETS = [
  { stem: 'digits28', count: 3100, size: 28, channels: 1 },
  { stem: 'clothing28-train', count: 1100, size: 28, channels: 1 },
  { stem: 'clothing28-test', count: 20, size: 28, channels: 1 },
  { stem: 'photos32-train', count: 900, size: 32, channels: 3 },
  { stem: 'photos32-test', count: 20, size: 32, channels: 3 },
] as const

/** A data folder with made-up digits, clothing and photos in the layout of the shared one: the class is how bright a band is. */
export function naturalFolder(root = mkdtempSync(join(tmpdir(), 'simplebits-natural-'))): string {
  mkdirSync(join(root, 'natural'))
  SETS.forEach(({ stem, count, size, channels }, seed) => {
    const rng = seededRng(seed)
    const length = size * size * channels
    const labels = Uint8Array.from({ length: count }, () => rng.integer(10))
    const images = new Uint8Array(count * length)
    for (let i = 0; i < count; i++) {
      const from = i * length + (length >> 2)
      images.fill(40 + 20 * (labels[i] ?? 0), from, from + (length >> 2))
      for (let k = 0; k < 8; k++) images[i * length + rng.integer(length)] = rng.integer(256)
    }
    const dimensions = channels === 3 ? [count, size, size, 3] : [count, size, size]
    write(join(root, 'natural', `${stem}-images-ubyte.gz`), dimensions, images)
    write(join(root, 'natural', `${stem}-labels-ubyte.gz`), [count], labels)
  })
  return root
}

function write(path: string, dimensions: readonly number[], data: Uint8Array): void {
  const head = new DataView(new ArrayBuffer(4 + 4 * dimensions.length))
  head.setUint8(2, 8)
  head.setUint8(3, dimensions.length)
  dimensions.forEach((size, i) => head.setUint32(4 + 4 * i, size))
  writeFileSync(path, Buffer.concat([new Uint8Array(head.buffer), data]))
}
