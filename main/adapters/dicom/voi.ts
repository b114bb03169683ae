import type { DataSet } from 'dicom-parser'
import type { Voi } from '../../../contract'
import { TAG, decimals, isPresent, sequenceItems } from './dataset'
import { lookupTable, realDepth } from './lookupTable'
import type { TextReader } from './text'

type WindowFunction = Extract<Voi, { kind: 'window' }>['function']

/**
 * The grey mappings that the file offers: its windows, then its tables (PS3.3 C.11.2). Unusable ones are left out.
 * `deepened` counts tables whose largest entry is taken as white because the declared depth is far from it.
 * @param options.signed whether modality values may be negative: where the file names no VR, that decides the sign of the
 * first value that a table maps
 */
export function voiPresets(
  dataSet: DataSet,
  text: TextReader,
  options: { signed: boolean },
): { voi: Voi[]; ignored: number; deepened: number } {
  const windows = readWindows(dataSet, text)
  let deepened = 0
  const tables = (sequenceItems(dataSet, TAG.VOILUTSequence) ?? [null]).map((item): Voi | null => {
    if (item === null) return null
    const vr = item.elements[TAG.LUTDescriptor]?.vr
    const table = lookupTable(item, vr === 'SS' || (vr !== 'US' && options.signed))
    if (table === null) return null
    const depth = realDepth(table)
    if (depth !== null) deepened++
    return { kind: 'table', ...table, bits: depth ?? table.bits, explanation: text(item, TAG.LUTExplanation) }
  })
  const all = [...windows, ...tables]
  const voi = all.filter((preset) => preset !== null)
  return { voi, ignored: all.length - voi.length, deepened }
}

function readWindows(dataSet: DataSet, text: TextReader): (Voi | null)[] {
  const centers = decimals(dataSet, TAG.WindowCenter)
  const widths = decimals(dataSet, TAG.WindowWidth)
  const kind = windowFunction(dataSet)
  const explanations = (text(dataSet, TAG.WindowCenterWidthExplanation) ?? '').split('\\')
  return Array.from({ length: Math.max(centers.length, widths.length) }, (_, i) => {
    const center = centers[i] ?? NaN
    const width = widths[i] ?? NaN
    // C.11.2.1.2.1: a LINEAR window is at least 1 wide, the others wider than 0.
    const usable = Number.isFinite(center) && Number.isFinite(width) && (kind === 'LINEAR' ? width >= 1 : width > 0)
    if (!usable || kind === null) return null
    return { kind: 'window', center, width, function: kind, explanation: explanations[i]?.trim() || null }
  })
}

/** Absent means LINEAR; an unknown function is not guessed. */
function windowFunction(dataSet: DataSet): WindowFunction | null {
  if (!isPresent(dataSet, TAG.VOILUTFunction)) return 'LINEAR'
  const named = dataSet.string(TAG.VOILUTFunction)?.trim()
  return named === 'LINEAR' || named === 'LINEAR_EXACT' || named === 'SIGMOID' ? named : null
}
