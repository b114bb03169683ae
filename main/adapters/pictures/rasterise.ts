import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { initWasm, Resvg } from '@resvg/resvg-wasm'
import { interFiles } from '../fonts'

const require = createRequire(import.meta.url)
let renderer: Promise<readonly Uint8Array[]> | undefined

/** The renderer is started once a process; its fonts are files of the product, so that every machine draws the same. */
function start(): Promise<readonly Uint8Array[]> {
  renderer ??= (async () => {
    const { normal, bold } = interFiles()
    await initWasm(readFile(require.resolve('@resvg/resvg-wasm/index_bg.wasm')))
    return Promise.all([readFile(normal), readFile(bold)])
  })()
  return renderer
}

/** Draws an SVG, one unit a pixel. @returns the bytes of a PNG file */
export async function rasterise(svg: string): Promise<Uint8Array> {
  const fonts = await start()
  const drawing = new Resvg(svg, { font: { fontBuffers: [...fonts], defaultFontFamily: 'Inter' }, imageRendering: 1 })
  try {
    const picture = drawing.render()
    try {
      return picture.asPng()
    } finally {
      picture.free()
    }
  } finally {
    drawing.free()
  }
}
