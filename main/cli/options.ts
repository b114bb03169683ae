import { resolve } from 'node:path'
import { InvalidArgumentError, Option } from 'commander'
import type { z } from 'zod'
import { backendChoice, modelName, type BackendChoice, type ModelName } from '../../contract'
import { dataFolder } from '../compose/dataFolder'

export function integer(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new InvalidArgumentError('It must be a whole number.')
  return value
}

export function positiveInteger(text: string): number {
  const value = integer(text)
  if (value < 1) throw new InvalidArgumentError('It must be a whole number of 1 or more.')
  return value
}

/** A probability or share, 0 … 1. */
export function share(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !(value >= 0 && value <= 1)) throw new InvalidArgumentError('It must be from 0 to 1.')
  return value
}

/** A model by its name. */
export function modelByName(text: string): ModelName {
  const parsed = modelName.safeParse(text)
  if (parsed.success) return parsed.data
  throw new InvalidArgumentError(
    'A model is called by its name, of lower-case letters, digits and hyphens; “simplebits models” lists them.',
  )
}

export function collect(value: string, before: readonly string[]): string[] {
  return [...before, value]
}

export function backendOption(): Option {
  return new Option('--backend <name>', 'what computes: auto takes the fastest that loads')
    .choices(backendChoice.options)
    .default('auto' satisfies BackendChoice)
}

export function dataOption(): Option {
  return new Option('--data <folder>', 'training data')
    .default(dataFolder(process.env), 'SIMPLEBITS_DATA, else ../shared/data')
    .argParser((folder: string) => resolve(folder))
}

/** `--labels`, of the commands that bring films and what their reports say together. */
export function labelsOption(): Option {
  return new Option('--labels <file>', 'CSV with columns id and label: what the reports say; may be repeated')
    .argParser(collect)
    .default([])
}

/** Under the help of a command with `--labels`. */
export const LABELS_HELP =
  '\nA table of labels has a line “id,label”, then a line a film: “film-1,Effusion”, “film-2,No Finding”; id is the name of its file.'

/** Text under a command's help. */
export function examples(...lines: string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ simplebits ${line}`).join('\n')}`
}

/** An option's parser from a schema. */
export function parsedWith<S extends z.ZodType>(schema: S): (text: string) => z.infer<S> {
  return (text) => {
    const parsed = schema.safeParse(text)
    if (!parsed.success) throw new InvalidArgumentError(parsed.error.issues.map(({ message }) => message).join('; '))
    return parsed.data
  }
}
