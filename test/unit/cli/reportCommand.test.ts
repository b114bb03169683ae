import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { simplebits } from '../../support/commandLine'
import { temporaryFolder } from '../../support/temporaryFolder'

it('reports that have nowhere to go are refused in one line, before the store is opened', async () => {
  const folder = temporaryFolder()
  const out = join(folder, 'taken')
  writeFileSync(out, 'a file')
  const { code, stderr } = await simplebits('report', '--queue', 'done', '--out', out, '--store', join(folder, 'store'))
  expect(code).toBe(1)
  expect(stderr).toContain('WRITE_FAILED')
  expect(stderr).toContain('Name another one')
  expect(stderr).not.toContain('There is no store')
})

it('pages of results that have nowhere to go are refused before the tables', async () => {
  const taken = join(temporaryFolder(), 'taken')
  writeFileSync(taken, 'a file')
  const { code, stdout, stderr } = await simplebits('results', '--write', taken)
  expect([code, stdout]).toEqual([1, ''])
  expect(stderr).toContain('WRITE_FAILED')
})

it('the results that come with the product are shown from wherever they are asked for', async () => {
  const cwd = vi.spyOn(process, 'cwd').mockReturnValue(temporaryFolder())
  const { code, stdout } = await simplebits('results')
  cwd.mockRestore()
  expect(code).toBe(0)
  expect(stdout).toContain('condensed')
})

it('two tables of a cohort do not go into one file', async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'table.csv')
  const { code, stderr } = await simplebits('cohort', '--csv', file, '--films', file, '--store', join(folder, 'store'))
  expect(code).toBe(2)
  expect(stderr).toContain('a file of its own')
})
