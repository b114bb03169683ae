import { writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readLabelTables } from '../../../main/adapters/tables'
import { temporaryFolder } from '../../support/temporaryFolder'

/** What tables, each what a file holds, say of films. */
async function said(tables: readonly (string | Buffer)[], films: readonly string[]) {
  const folder = temporaryFolder()
  const paths = tables.map((_, i) => join(folder, `table-${i + 1}.csv`))
  for (const [i, text] of tables.entries()) await writeFile(paths[i] ?? '', text)
  const { labels, unused } = (await readLabelTables(paths)).labelsOf(films)
  return { labels: Object.fromEntries(labels), unused }
}

const films = (...names: string[]) => names.map((name) => `/in/${name}.dcm`)

describe('tables of labels on the command line', () => {
  it.each([
    ['Pleural Effusion', 'effusion'],
    ['1', 'effusion'],
    ['yes', 'effusion'],
    ['Effusion; Mass', 'effusion'],
    ['Mass|Effusion', 'effusion'],
    ['No Finding', 'no effusion'],
    ['0', 'no effusion'],
  ])('take “%s” to mean %s', async (word, label) => {
    expect(await said([`id,label\nfilm,${word}\n`], films('film'))).toEqual({
      labels: { '/in/film.dcm': label },
      unused: [],
    })
  })

  it('are read as spreadsheets of Western Windows save them', async () => {
    const table = Buffer.from('id,label\nM\u00fcller,Effusion\n', 'latin1')
    expect((await said([table], films('M\u00fcller'))).labels).toEqual({ '/in/M\u00fcller.dcm': 'effusion' })
  })

  it('give no label by words that mean neither, and say so', async () => {
    const table = 'id,label\nfilm-1,uncertain\nfilm-2,Mass\nfilm-3,\nfilm-4,Effusion|Nodule\n'
    expect(await said([table], films('film-1', 'film-2', 'film-3', 'film-4'))).toEqual({
      labels: { '/in/film-4.dcm': 'effusion' },
      unused: [
        'table-1.csv: no label for 3 films, of which it says neither effusion nor no effusion (but “uncertain”, “Mass”).',
      ],
    })
  })

  it('take a whole list of findings without an effusion for none', async () => {
    const table = 'Image Index,Finding Labels\nfilm-1.png,Mass|Nodule\nfilm-2.png,Mass|Effusion\nfilm-3.png,\n'
    expect((await said([table], films('film-1', 'film-2', 'film-3'))).labels).toEqual({
      '/in/film-1.dcm': 'no effusion',
      '/in/film-2.dcm': 'effusion',
    })
  })

  it('may have semicolons, other capitals, and the name in any of the columns for it', async () => {
    const table = '\ufeffID;Image Index;Label\r\n17;FILM.png;Effusion\r\n'
    expect((await said([table], films('film'))).labels).toEqual({ '/in/film.dcm': 'effusion' })
  })

  it('label no other patient’s film of the same name', async () => {
    const [one, two] = films('PAT001/IM-0001', 'PAT002/IM-0001') as [string, string]
    const named = await said(['file,label\nPAT001/IM-0001.dcm,Effusion\n'], [one, two])
    expect(named).toEqual({ labels: { [one]: 'effusion' }, unused: [] })
    const bare = await said(['file,label\nIM-0001.dcm,Effusion\n'], [one, two])
    expect(bare).toEqual({
      labels: {},
      unused: [
        'table-1.csv: no label from 1 row with a file name that several films have. Add the folder, as in PAT001/IM-0001.dcm.',
      ],
    })
  })

  it('know the folders of a film that is named from where the command runs', async () => {
    const film = relative(process.cwd(), '/in/PAT001/film.dcm')
    expect((await said(['file,label\nin/PAT001/film.dcm,1\n'], [film])).labels).toEqual({ [film]: 'effusion' })
  })

  it('give no label where rows contradict each other; of several tables the first that knows counts', async () => {
    const both = 'id,label\nfilm-1,Effusion\nfilm-1,No Finding\nfilm-2,No Finding\n'
    const other = 'id,label\nfilm-1,No Finding\nfilm-2,Effusion\n'
    expect(await said([both, other], films('film-1', 'film-2'))).toEqual({
      labels: { '/in/film-1.dcm': 'no effusion', '/in/film-2.dcm': 'no effusion' },
      unused: ['table-1.csv: no label for 1 film, whose rows contradict each other.'],
    })
  })

  it('say so where none of their rows fits a film', async () => {
    const table = 'id,Image Index,label\n1,one.png,Effusion\n2,two.png,No Finding\n'
    expect(await said([table], films('film-1', 'film-2'))).toEqual({
      labels: {},
      unused: ['table-1.csv: no row fits any of these films: is the column “id” or “Image Index” the file name?'],
    })
    expect((await said([table], [])).unused).toEqual([])
  })

  it('are told apart from what the product says of its own films', async () => {
    const path = join(temporaryFolder(), 'table.csv')
    await writeFile(path, 'id,label\nfilm,Effusion\n')
    const { labels, bundled } = (await readLabelTables([path])).labelsOf(['/in/nih_00000061_012.dcm', '/in/film.dcm'])
    expect(labels.size).toBe(2)
    expect([...bundled]).toEqual(['/in/nih_00000061_012.dcm'])
  })

  it('are refused where no column names the films or holds a label', async () => {
    await expect(said(['Path,Pleural Effusion\nfilm,1.0\n'], [])).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      message: expect.stringContaining('“table-1.csv” needs a column “id” or “file”') as string,
    })
  })
})
