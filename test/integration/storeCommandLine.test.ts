import { spawn } from 'node:child_process'
import { cp, mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { BUNDLED_CLASSIFIER, BUNDLED_FLOW } from '../../contract'
import { loadBackend } from '../../main/adapters/compute/backend/loadBackend'
import { openLibsqlStore, folderKeys } from '../../main/adapters/store'
import { interrupted, simplebits } from '../support/commandLine'
import { syntheticFilm, writeDicom } from '../support/dicomWriter'
import { quietLogger } from '../support/quietLogger'
import { temporaryFolder } from '../support/temporaryFolder'
import { writeUntrainedModels } from '../support/untrainedModels'

const repository = join(import.meta.dirname, '..', '..')
const folder = temporaryFolder()
const models = join(folder, 'models')
const films = join(folder, 'films')
const store = join(folder, 'store')
const AT = ['--store', store] as const

function film(brightness: number): Uint8Array {
  const pixels = Uint8Array.from({ length: 160 * 140 }, (_, i) => ((i % 160) + Math.floor(i / 160) + brightness) % 256)
  return writeDicom(syntheticFilm(pixels, { width: 160, height: 140 }))
}

beforeAll(async () => {
  vi.stubEnv('SIMPLEBITS_MODELS', models)
  vi.stubEnv('SIMPLEBITS_STORE_PASSPHRASE', '')
  await loadBackend('wasm')
  await writeUntrainedModels(models)
  await mkdir(films)
  for (let i = 0; i < 2; i++) await writeFile(join(films, `film-${i}.dcm`), film(20 * i))
  await writeFile(join(films, 'broken.dcm'), film(0).slice(0, 300))
  await writeFile(join(folder, 'labels.csv'), 'id,label\nfilm-0,Effusion\nfilm-1,No Finding\n')
})

const lines = (text: string): unknown[] =>
  text
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown)

describe('a store of the command line', () => {
  it('is not made without a word about its key, and not looked for where none is', async () => {
    const refused = await simplebits('import', films, ...AT)
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toContain('SIMPLEBITS_STORE_PASSPHRASE')
    const missing = await simplebits('queue', '--store', join(folder, 'nowhere'))
    expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining('no store') as string })
  })

  it('takes films and labels once, and names what is broken', async () => {
    const args = ['import', films, ...AT, '--unprotected', '--labels', join(folder, 'labels.csv'), '--copy', '--json']
    const { code, stdout, stderr } = await simplebits(...args)
    expect(code).toBe(1)
    expect(stderr).toContain('broken.dcm: DICOM_CORRUPT')
    expect(stderr).toContain('2 films added, 2 labelled')
    expect(lines(stdout)).toMatchObject([{ alreadyThere: 0, labelled: 2, cancelled: false }])
    expect(await readdir(join(store, 'films'))).toHaveLength(2)
    const again = await simplebits(...args)
    expect(lines(again.stdout)).toMatchObject([{ added: [], alreadyThere: 2, labelled: 0 }])
  })

  it('knows where its films lie, from wherever it is asked, and says what of a table was not used', async () => {
    const labels = join(folder, 'unclear.csv')
    await writeFile(labels, 'id;label\nfilms/film-0;Effusion\nother/film-1;Effusion\nfilm-1;uncertain\n')
    const at = ['--store', join(folder, 'relative')]
    const imported = await simplebits('import', relative('.', films), ...at, '--unprotected', '--labels', labels)
    expect(imported.stderr).toContain('2 films added, 1 labelled')
    expect(imported.stderr).toContain('unclear.csv: no label for 1 film')
    const found = lines((await simplebits('queue', 'unaudited', ...at, '--json')).stdout)
    expect(found.map((film) => (film as { file: string }).file).sort()).toEqual([
      join(films, 'film-0.dcm'),
      join(films, 'film-1.dcm'),
    ])
  })

  it('hears a Ctrl-C that comes while it is being opened', async () => {
    const at = ['--store', join(folder, 'interrupted'), '--unprotected']
    const { stdout, stderr } = await interrupted('at once', 'import', films, ...at, '--json')
    expect(lines(stdout)).toMatchObject([{ added: [], failed: [], cancelled: true }])
    expect(stderr).toContain('Ended early')
  })

  it('says of how many films that came in the classifier was not heard: exit 1', async () => {
    const [sound, damaged] = [join(folder, 'sound'), join(folder, 'damaged')]
    await mkdir(sound)
    for (let i = 0; i < 2; i++) await writeFile(join(sound, `film-${i}.dcm`), film(20 * i))
    await cp(models, damaged, { recursive: true })
    await writeFile(join(damaged, BUNDLED_CLASSIFIER, 'weights.safetensors'), 'other weights')
    vi.stubEnv('SIMPLEBITS_MODELS', damaged)
    const at = ['--store', join(folder, 'undecided'), '--unprotected']
    const { code, stderr } = await simplebits('import', sound, ...at)
    vi.stubEnv('SIMPLEBITS_MODELS', models)
    expect(code).toBe(1)
    expect(stderr).toContain('2 films added')
    expect(stderr).toContain('2 films came in without a decision')
    expect((await simplebits('import', sound, ...at)).code).toBe(0)
  })

  it('has its queues, audits one of them into itself, and writes their reports', { timeout: 300_000 }, async () => {
    expect(lines((await simplebits('queue', ...AT, '--json')).stdout)).toContainEqual({ queue: 'unaudited', films: 2 })
    const audited = await simplebits('audit', '--queue', 'unaudited', ...AT, '--preset', 'quick', '--json')
    expect(audited.code).toBe(0)
    expect(lines(audited.stdout)).toHaveLength(2)
    expect(lines(audited.stdout)[0]).toMatchObject({ flow: { name: BUNDLED_FLOW } })
    expect(lines((await simplebits('queue', 'unaudited', ...AT, '--json')).stdout)).toEqual([])
    const empty = { code: 0, stdout: '', stderr: 'No film in this queue.\n' }
    expect(await simplebits('audit', '--queue', 'unaudited', ...AT)).toEqual(empty)
    expect(await simplebits('queue', 'unaudited', ...AT)).toEqual(empty)
    expect(await simplebits('report', '--queue', 'unaudited', ...AT, '--out', folder)).toEqual(empty)

    const { key } = await openedKey()
    const opened = await openLibsqlStore(store, { key, log: quietLogger() })
    const cases = await opened.listCases()
    for (const { id } of cases) expect(await opened.audit(id)).not.toBeNull()
    const labels = cases.map(({ title, reportLabel }) => [title, reportLabel])
    await opened.close()
    expect(labels).toEqual([
      ['film-0.dcm', 'effusion'],
      ['film-1.dcm', 'no effusion'],
    ])

    const [wrong] = ['false-positive', 'false-negative'] as const
    const out = join(folder, 'reports')
    const counts = lines((await simplebits('queue', ...AT, '--json')).stdout) as { queue: string; films: number }[]
    const full = counts.find(({ queue, films: number }) => queue.startsWith('false') && number > 0)?.queue ?? wrong
    const reports = await simplebits('report', '--queue', full, ...AT, '--out', out)
    expect(reports.code).toBe(0)
    const written = reports.stdout.trim().split('\n')
    expect(written).toHaveLength(counts.find(({ queue }) => queue === full)?.films ?? 0)
    for (const path of written) expect((await readFile(path)).subarray(0, 5).toString()).toBe('%PDF-')
  })

  it('counts its cohort, and writes figures, films and report', async () => {
    const file = (name: string) => join(folder, name)
    const files = ['--csv', file('figures.csv'), '--films', file('cohort-films.csv'), '--pdf', file('cohort.pdf')]
    const counted = await simplebits('cohort', ...AT, '--json', ...files)
    expect(counted.code).toBe(0)
    expect(counted.stderr).toContain('not for diagnosis')
    expect(lines(counted.stdout)).toMatchObject([{ overview: { effusion: { hits: 1, total: 2 } } }])
    expect(await readFile(file('figures.csv'), 'utf8')).toContain('rates,all,sensitivity,')
    expect((await readFile(file('cohort-films.csv'), 'utf8')).trim().split('\n')).toHaveLength(3)
    expect((await readFile(file('cohort.pdf'))).subarray(0, 5).toString()).toBe('%PDF-')
    const tried = await simplebits('cohort', ...AT, '--threshold', '0')
    expect(tried.stdout).toContain('2 of 2 films have a report label and a decision')
    expect(tried.stdout).toMatch(/Sensitivity[^\n]*1 of 1/)
    expect(await simplebits('cohort', ...AT, '--threshold', '2')).toMatchObject({ code: 2 })
  })

  it('has no cohort of a view that no film has, and says which there are', async () => {
    const { code, stderr } = await simplebits('cohort', ...AT, '--view', 'ZZZ', '--json')
    expect(code).toBe(1)
    expect(stderr).toMatch(/No film has the view ZZZ\. There are: [^\n]+ \(2 films\)\./)
  })

  it('counts the labels of bundled films apart from those of a table', async () => {
    const own = join(folder, 'own')
    await mkdir(own)
    await writeFile(join(own, 'film-0.dcm'), film(0))
    await writeFile(join(own, 'nih_00000061_012.dcm'), film(20))
    const args = [
      'import',
      own,
      '--store',
      join(folder, 'apart'),
      '--unprotected',
      '--labels',
      join(folder, 'labels.csv'),
    ]
    const { stdout, stderr } = await simplebits(...args, '--json')
    expect(stderr).toContain('2 films added, 1 labelled, 1 bundled film labelled by the product')
    expect(lines(stdout)).toMatchObject([{ labelled: 1, labelledAsBundled: 1 }])
  })

  it('refuses files beside a queue, and a queue that there is not', async () => {
    expect((await simplebits('audit', films, '--queue', 'done', ...AT)).code).toBe(2)
    expect((await simplebits('queue', 'nonsense', ...AT)).code).toBe(2)
    expect((await simplebits('audit')).code).toBe(2)
  })

  it('is refused with a sentence while another program holds it', async () => {
    const { key } = await openedKey()
    const held = await openLibsqlStore(store, { key, log: quietLogger() })
    const refused = await simplebits('queue', ...AT)
    await held.close()
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('open in another window') as string })
    expect((await simplebits('queue', ...AT)).code).toBe(0)
  })
})

async function openedKey(): Promise<{ key: Buffer }> {
  const key = await folderKeys(store, () => null).openWithout()
  if (key === null) throw new Error('the store of this test has its key in clear')
  return { key }
}

describe('a command that is killed', () => {
  it(
    'in the middle of an import leaves whole films only, and importing again brings in the rest',
    { timeout: 300_000 },
    async () => {
      const many = join(folder, 'many')
      const place = join(folder, 'killed')
      await mkdir(many)
      for (let i = 0; i < 80; i++) await writeFile(join(many, `film-${String(i).padStart(3, '0')}.dcm`), film(3 * i))
      await killed(['import', many, '--store', place, '--unprotected', '--copy'], async () => {
        const copies = await readdir(join(place, 'films')).catch(() => [])
        return copies.length >= 40
      })
      const before = lines((await simplebits('queue', 'unaudited', '--store', place, '--json')).stdout)
      expect(before.length % 32).toBe(0)
      // Copies of films that were not saved yet are gone since that store was opened.
      expect(await readdir(join(place, 'films'))).toHaveLength(before.length)
      const again = await simplebits('import', many, '--store', place, '--copy', '--json')
      expect(lines(again.stdout)).toMatchObject([{ alreadyThere: before.length, failed: [] }])
      const after = lines((await simplebits('queue', 'unaudited', '--store', place, '--json')).stdout)
      expect(after).toHaveLength(80)
      expect(after.every((one) => (one as { probability: number | null }).probability !== null)).toBe(true)
    },
  )

  it('in the middle of an audit leaves the films and the audits before it', { timeout: 300_000 }, async () => {
    const place = join(folder, 'audited')
    await simplebits('import', films, '--store', place, '--unprotected')
    await killed(['audit', '--queue', 'unaudited', '--store', place, '--preset', 'quick'], async (said) =>
      /decision/i.test(said),
    )
    const left = lines((await simplebits('queue', 'unaudited', '--store', place, '--json')).stdout)
    expect(left).toHaveLength(1)
    const rest = await simplebits('audit', '--queue', 'unaudited', '--store', place, '--preset', 'quick', '--json')
    expect(lines(rest.stdout)).toHaveLength(left.length)
  })
})

/** Starts a command as a process of its own and kills it as soon as something is the case. */
async function killed(args: readonly string[], when: (said: string) => Promise<boolean>): Promise<void> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(repository, 'main', 'cli', 'index.ts'), ...args], {
    cwd: repository,
    env: { ...process.env, SIMPLEBITS_MODELS: models },
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const ended = new Promise<number | null>((resolve) => child.on('exit', (code) => resolve(code)))
  const timer = setInterval(() => void when(said).then((now) => now && child.kill('SIGKILL')), 10)
  const code = await ended
  clearInterval(timer)
  if (code !== null) throw new Error(`the command ended by itself with ${code}: ${said}`)
}
