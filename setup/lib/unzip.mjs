import { closeSync, createReadStream, mkdirSync, openSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * Unpacks the wanted files of a zip (a Python wheel is one) without holding it in memory.
 * @param {string} file
 * @param {string} folder
 * @param {(name: string) => boolean} wanted
 */
export async function unzip(file, folder, wanted) {
  // Imported late: this module is loaded before the npm packages are there.
  const { Unzip, UnzipInflate } = await import('fflate')
  const reader = new Unzip((entry) => {
    if (entry.name.endsWith('/') || !wanted(entry.name)) return
    const path = join(folder, entry.name)
    if (!path.startsWith(join(folder, '/'))) throw new Error(`${file} holds a path outside its folder: ${entry.name}`)
    mkdirSync(dirname(path), { recursive: true })
    const handle = openSync(path, 'w')
    entry.ondata = (error, chunk, final) => {
      if (error) throw error
      for (let at = 0; at < chunk.length;) at += writeSync(handle, chunk, at)
      if (final) closeSync(handle)
    }
    entry.start()
  })
  reader.register(UnzipInflate)
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) reader.push(chunk)
  reader.push(new Uint8Array(0), true)
}
