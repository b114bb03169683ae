import { resolve } from 'node:path'
import { Command } from 'commander'
import { SimpleBitsError, type BackendChoice, type ModelName, type OwnTest } from '../../../../contract'
import { closing } from '../../closing'
import { backendOption, examples, modelByName } from '../../options'
import type { Output } from '../../terminal'

interface TestOptions {
  readonly backend: BackendChoice
  readonly models: string | undefined
  readonly json: boolean
}

const MARKS = { ok: 'ok     ', warning: 'WARNING', failed: 'FAILED ' } as const
const VERDICTS = {
  audit: 'It can be used for decisions and audits.',
  read: 'It can be used for decisions, but not audited.',
  unusable: 'It cannot be used.',
} as const

/** add, test, remove, seal: the user's own classifiers. */
export function ownClassifierCommands(output: Output): Command[] {
  const where = '--models <folder>'
  const whereText = "where they are kept (default: the app's own folder)"
  return [
    new Command('add')
      .description('take in a classifier of your own (see docs/own-classifier.md) and test it')
      .argument('<folder>', 'folder with simplebits-model.json and a TensorFlow.js model')
      .option('--name <name>', "another name than the manifest's", modelByName)
      .option(where, whereText)
      .addOption(backendOption())
      .option('--json', 'print the test as a line of JSON', false)
      .addHelpText('after', examples('models add ~/mobilenet', 'models add ~/mobilenet --name mobilenet-2'))
      .action((folder: string, options: TestOptions & { name?: ModelName }) => add(folder, options, output)),
    new Command('test')
      .description('try a classifier of your own on the bundled films')
      .argument('<name>', 'its name in "simplebits models"', modelByName)
      .option(where, whereText)
      .addOption(backendOption())
      .option('--json', 'print the test as a line of JSON', false)
      .action((name: ModelName, options: TestOptions) => test(name, options, output)),
    new Command('remove')
      .description('remove a classifier of your own')
      .argument('<name>', 'its name', modelByName)
      .option(where, whereText)
      .action((name: ModelName, options: TestOptions) => remove(name, options, output)),
    new Command('seal')
      .description('write the sha256 of the files of a folder into its simplebits-model.json')
      .argument('<folder>', 'the folder')
      .action((folder: string) => seal(folder, output)),
  ]
}

async function add(folder: string, options: TestOptions & { name?: ModelName }, output: Output): Promise<void> {
  await closing(await composed(options), async (own) => {
    const { name, test: found } = await own.add({ folder: resolve(folder), name: options.name ?? null }, output.signal)
    print(found, options.json, output)
    output.say(`Added as ${name}. Audit with: simplebits audit FILM --out FOLDER --model ${name}`)
  })
}

async function test(name: ModelName, options: TestOptions, output: Output): Promise<void> {
  await closing(await composed(options), async (own) => {
    const found = await own.test(name, output.signal)
    print(found, options.json, output)
    if (found.verdict !== 'audit') output.fail()
  })
}

async function remove(name: ModelName, options: TestOptions, output: Output): Promise<void> {
  await closing(await composed({ ...options, backend: 'auto' }), async (own) => {
    await own.remove(name)
    output.say(`${name} was removed.`)
  })
}

async function seal(folder: string, output: Output): Promise<void> {
  const { sealClassifier } = await import('../../../compose')
  const files = await sealClassifier(resolve(folder))
  if (files.length === 0)
    throw new SimpleBitsError('FILE_NOT_FOUND', `${folder} holds no .json or .bin file of a TensorFlow.js model.`)
  for (const file of files) output.data(file)
  output.say('The manifest is complete.')
}

async function composed({ backend, models }: { readonly backend: BackendChoice; readonly models: string | undefined }) {
  const { composeOwnClassifiers } = await import('../../../compose')
  return composeOwnClassifiers({ backend, ...(models === undefined ? {} : { folder: resolve(models) }) })
}

function print(found: OwnTest, json: boolean, output: Output): void {
  if (json) return output.data(JSON.stringify(found))
  for (const { name, status, sentence } of found.checks)
    output.data(`${MARKS[status]}  ${name.padEnd(10)}  ${sentence}`)
  output.data(VERDICTS[found.verdict])
}
