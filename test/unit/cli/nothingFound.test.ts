import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { interrupted, simplebits } from '../../support/commandLine'
import { temporaryFolder } from '../../support/temporaryFolder'

/** A folder without a film, but with a text and, where there are such, a link to a folder. */
function filmless(): string {
  const root = temporaryFolder()
  mkdirSync(join(root, 'empty'))
  writeFileSync(join(root, 'notes.txt'), 'a long enough text that is no film at all')
  symlinkSync('empty', join(root, 'link'), 'junction')
  return root
}

it.each([
  ['classify', ['classify']],
  ['bits', ['bits']],
  ['zones', ['zones']],
  ['audit', ['audit', '--out', join(temporaryFolder(), 'out')]],
  ['import', ['import', '--unprotected', '--store', join(temporaryFolder(), 'store')]],
])('%s of a folder without films says so, tells what it skipped, and fails', async (_, command) => {
  const { code, stderr } = await simplebits(...command, filmless())
  expect(stderr).toContain('No film was found there.')
  expect(stderr).toContain('2 files or links in the folders skipped')
  expect(code).toBe(1)
})

it('a call that was ended before it looked has not found nothing', async () => {
  const { stderr } = await interrupted('at once', 'classify', filmless())
  expect(stderr).not.toContain('No film was found')
})
