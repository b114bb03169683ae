import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, it, vi } from 'vitest'
import { loadBackend } from '../../main/adapters/compute/backend/loadBackend'
import { simplebits } from '../support/commandLine'
import { syntheticFilm, writeDicom } from '../support/dicomWriter'
import { temporaryFolder } from '../support/temporaryFolder'
import { writeUntrainedModels } from '../support/untrainedModels'

const folder = temporaryFolder()
const films = join(folder, 'films')
const store = ['--store', join(folder, 'store')]

beforeAll(async () => {
  const [first, near] = [join(folder, 'first'), join(folder, 'near')]
  vi.stubEnv('SIMPLEBITS_MODELS', first)
  await loadBackend('wasm')
  await writeUntrainedModels(first)
  await mkdir(films)
  const pixels = Uint8Array.from({ length: 160 * 140 }, (_, i) => ((i % 160) + Math.floor(i / 160)) % 256)
  await writeFile(join(films, 'film.dcm'), writeDicom(syntheticFilm(pixels, { width: 160, height: 140 })))
  const { probability } = Object(JSON.parse((await simplebits('classify', films, '--json')).stdout))
  // The same network, with a threshold that the film misses by a hair.
  await writeUntrainedModels(near, { threshold: Number(probability) + 0.00004 })
  vi.stubEnv('SIMPLEBITS_MODELS', near)
})

/** The figures of a line and of the sentence below it: "45.06 %  no" and "from 45.07 % up". */
function figures({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }) {
  const [, film = '', decision] = /([\d.]+) % {2}(yes|no)/.exec(stdout) ?? []
  const [, threshold = ''] = /“yes” is effusion, from ([\d.]+) % up \(effusion-128\)/.exec(stderr) ?? []
  return { film, decision, threshold }
}

it('a probability beside its decision says on which side of the threshold it lies, however near', async () => {
  expect((await simplebits('import', films, ...store, '--unprotected')).code).toBe(0)
  const classified = figures(await simplebits('classify', films))
  const queued = figures(await simplebits('queue', 'unaudited', ...store))
  expect(classified.decision).toBe('no')
  expect(Number(classified.film)).toBeLessThan(Number(classified.threshold))
  expect(classified.film).toMatch(/^\d+\.\d{2,3}$/)
  expect(queued).toEqual(classified)
})

it('a cohort of no labelled film writes no file, and has failed', async () => {
  const file = join(folder, 'figures.csv')
  const { code, stdout, stderr } = await simplebits('cohort', ...store, '--csv', file)
  expect(code).toBe(1)
  expect(stdout).toContain('0 of 1 films')
  expect(stderr).toContain('No file was written: no film here has both a report label and a decision.')
  expect(existsSync(file)).toBe(false)
})
