import { openFolderStore } from '../../main/adapters/store'
import { exampleAudit, exampleCase } from './exampleCase'
import { quietLogger } from './quietLogger'

/** Writes cases, notes and audits without end into the folder that it is given, until it is killed. */
async function writeForEver(root: string): Promise<never> {
  const store = await openFolderStore(root, quietLogger())
  for (let round = 1; ; round++) {
    const stored = exampleCase(round % 3, { title: `round ${round}` })
    await store.saveCase(stored)
    await store.saveNotes(stored.id, `note ${round} `.repeat(2000))
    await store.saveAudit(stored.id, exampleAudit(round))
    process.stdout.write('.')
  }
}

await writeForEver(process.argv[2] ?? '')
