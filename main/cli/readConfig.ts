import { readFile } from 'node:fs/promises'
import { SimpleBitsError } from '../../contract'

/**
 * The JSON file that says what a training or an experiment does.
 * @throws SimpleBitsError BAD_REQUEST where there is none, or it holds no JSON object: a wrong call, not a failed one
 */
export async function readConfig(path: string): Promise<Record<string, unknown>> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (cause) {
    throw new SimpleBitsError('BAD_REQUEST', `There is no readable configuration ${path}.`, { cause })
  }
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  } catch (cause) {
    throw new SimpleBitsError('BAD_REQUEST', `${path} is not valid JSON.`, { cause })
  }
  throw new SimpleBitsError('BAD_REQUEST', `${path} must hold one JSON object.`)
}
