import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import '@tensorflow/tfjs-node-gpu'
import { describe, expect, it } from 'vitest'
import { modelName } from '../../contract'
import { bpdOfBatch, measuringNoise } from '../../main/adapters/training/flow/figures'
import { createReadyModels } from '../../main/adapters/compute/readyModels'
import { readFilm } from '../../main/adapters/dicom'
import { createModelStore } from '../../main/adapters/weights'
import { modelInput } from '../../main/domain/modelInput'
import { bundledEngine, bundledPictures } from '../support/bundledEngine'

const root = resolve(import.meta.dirname, '../..')
interface Golden {
  relativeTolerance: number
  films: { file: string; levelsSha256: string; bpd: number }[]
}

const name = 'glow-cxr-128'

describe(`${name} gives on bundled films what its card was made with`, () => {
  const golden = JSON.parse(readFileSync(resolve(root, `models/${name}/golden.json`), 'utf8')) as Golden

  it('the same pictures, the same bits, and maps that sum to them', async () => {
    expect(golden.films.length).toBeGreaterThanOrEqual(3)
    const inputs = await Promise.all(
      golden.films.map(async ({ file }) => modelInput(await readFilm(resolve(root, 'demo', file)))),
    )
    const pictures = inputs.map(({ pixels }) => pixels)
    const { flow } = await createReadyModels(createModelStore([resolve(root, 'models')])).flow(modelName.parse(name))
    const { bpd, mapError } = bpdOfBatch(flow, pictures, measuringNoise())
    golden.films.forEach((film, i) => {
      expect(
        createHash('sha256')
          .update(pictures[i] ?? '')
          .digest('hex'),
      ).toBe(film.levelsSha256)
      expect(Math.abs((bpd[i] ?? NaN) / film.bpd - 1), film.file).toBeLessThan(golden.relativeTolerance)
    })
    expect(mapError).toBeLessThan(1e-4)
  })

  it('whatever noise is drawn, also as the engine reports them: means over its draws', async () => {
    const pictures = await bundledPictures(golden.films.map(({ file }) => file))
    const measured = { flow: modelName.parse(name), pictures, count: golden.films.length, noiseDraws: 2 }
    const { rows } = await bundledEngine().call('bits', measured)
    expect(rows).toHaveLength(golden.films.length)
    golden.films.forEach((film, i) => {
      expect(Math.abs((rows[i]?.bpd ?? NaN) / film.bpd - 1), film.file).toBeLessThan(0.01)
      expect(Math.abs((rows[i]?.sumOfMap ?? NaN) / (rows[i]?.bits ?? NaN) - 1), film.file).toBeLessThan(1e-4)
    })
  })
})
