import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
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

it('two tables of a cohort do not go into one file', async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'table.csv')
  const { code, stderr } = await simplebits('cohort', '--csv', file, '--films', file, '--store', join(folder, 'store'))
  expect(code).toBe(2)
  expect(stderr).toContain('a file of its own')
})
