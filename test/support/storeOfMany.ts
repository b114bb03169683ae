import { folderKeys, openLibsqlStore } from '../../main/adapters/store'
import { exampleCase } from './exampleCase'
import { quietLogger } from './quietLogger'
import { CHEAP } from './testKey'

/** Makes a store under a passphrase, with so many invented films that are nowhere: for whoever loads no module of main/ itself. */
const [folder, passphrase, count] = process.argv.slice(2)
if (folder === undefined || passphrase === undefined || count === undefined)
  throw new Error('give folder, passphrase and how many films')
const key = await folderKeys(folder, () => null, CHEAP).create({ kind: 'passphrase', passphrase })
const store = await openLibsqlStore(folder, { key, log: quietLogger() })
await store.saveCases(Array.from({ length: Number(count) }, (_, number) => exampleCase(number)))
await store.close()
