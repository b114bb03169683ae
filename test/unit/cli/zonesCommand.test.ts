import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { interrupted, simplebits } from '../../support/commandLine'
import { syntheticFilm, writeDicom } from '../../support/dicomWriter'
import { temporaryFolder } from '../../support/temporaryFolder'

/** A folder below which two folders each hold a film of the same name. */
function twoFilms(name = 'film.dcm'): string {
  const root = temporaryFolder()
  const pixels = Uint8Array.from({ length: 160 * 140 }, (_, i) => ((i % 160) + Math.floor(i / 160)) % 256)
  for (const folder of ['a', 'b']) {
    mkdirSync(join(root, folder))
    writeFileSync(join(root, folder, name), writeDicom(syntheticFilm(pixels, { width: 160, height: 140 })))
  }
  writeFileSync(join(root, 'notes.txt'), 'no film')
  return root
}

it('zones name films by their paths, as classify does, and say what was skipped', async () => {
  const root = twoFilms()
  const { code, stdout, stderr } = await simplebits('zones', root, '--json')
  expect(code).toBe(0)
  const files = stdout
    .trim()
    .split('\n')
    .map((line) => Object(JSON.parse(line)).file)
  expect(files).toEqual([join(root, 'a', 'film.dcm'), join(root, 'b', 'film.dcm')])
  expect(stderr).toContain('1 file or link in the folders skipped')
  expect(stderr).toMatch(/\d of 2 films are sure/)
  expect(stderr).toContain('not for diagnosis')
})

it('zones look through no film for a sheet that has nowhere to go', async () => {
  const root = twoFilms()
  const { code, stdout, stderr } = await simplebits('zones', root, '--sheet', join(root, 'notes.txt', 'sheet.png'))
  expect([code, stdout]).toEqual([1, ''])
  expect(stderr).toContain('WRITE_FAILED')
})

it.skipIf(process.platform === 'win32')('a file’s name forges no row of zones', async () => {
  const { stdout } = await simplebits('zones', twoFilms('film\nother.dcm'))
  expect(stdout.trim().split('\n')).toHaveLength(2)
  expect(stdout).toContain('film\ufffdother.dcm')
})

it('zones that are ended early say so, and draw no sheet of a part', async () => {
  const sheet = join(temporaryFolder(), 'sheet.png')
  const root = twoFilms()
  writeFileSync(join(root, 'b', 'broken.dcm'), 'no film at all')
  const films = [join(root, 'a', 'film.dcm'), join(root, 'b', 'broken.dcm'), join(root, 'b', 'film.dcm')]
  const { code, stdout, stderr } = await interrupted(/broken/, 'zones', ...films, '--json', '--sheet', sheet)
  expect(code).toBe(1)
  expect(stdout.trim().split('\n')).toHaveLength(2)
  expect(stderr).toContain('Ended early')
  expect(stderr).toContain('No sheet was written.')
  expect(existsSync(sheet)).toBe(false)
  expect((await simplebits('zones', ...films, '--sheet', sheet)).code).toBe(1)
  expect(existsSync(sheet)).toBe(true)
})
