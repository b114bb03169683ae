import { decodeSafetensors, encodeSafetensors } from '../tensors'
import type { StoredTensor } from '../../ports'

/** A value as JSON, its typed arrays put aside into one block that the JSON refers to by number. */
interface ArraysAside {
  readonly json: string
  /** Safetensors. */
  readonly arrays: Uint8Array
}

const REFERENCE = 'simplebits.array'

export function setArraysAside(value: unknown): ArraysAside {
  const tensors: Record<string, StoredTensor> = {}
  const aside = (part: unknown): unknown => {
    if (part instanceof Float32Array || part instanceof Uint8Array) {
      const name = String(Object.keys(tensors).length)
      tensors[name] = { shape: [part.length], data: part }
      return { [REFERENCE]: name }
    }
    if (Array.isArray(part)) return part.map(aside)
    if (typeof part !== 'object' || part === null) return part
    return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, aside(inner)]))
  }
  const json = JSON.stringify(aside(value))
  return { json, arrays: encodeSafetensors(tensors) }
}

/** What was put aside, whole again. Unchecked: what comes out is for a schema to judge. */
export function takeArraysBack({ json, arrays }: ArraysAside): unknown {
  const { tensors } = decodeSafetensors(arrays, 'The saved explanation')
  return JSON.parse(json, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && REFERENCE in part ? tensors[String(part[REFERENCE])]?.data : part,
  )
}
