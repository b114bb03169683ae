import type { DataSet } from 'dicom-parser'
import type { FilmHeader } from '../../../contract'
import { TAG, isPresent } from './dataset'

const DIRECTION = /^[RLAPHF]{1,3}$/
const AXIS: Readonly<Record<string, string>> = { R: 'RL', L: 'RL', A: 'AP', P: 'AP', H: 'HF', F: 'HF' }

/**
 * Where rows and columns point in the patient, from Patient Orientation (0020,0020; PS3.3 C.7.6.1.1.1). Null where it is absent,
 * empty, not of two values, for an animal, or impossible: both along one axis, or an axis named twice in one value.
 */
export function filmOrientation(dataSet: DataSet): FilmHeader['orientation'] {
  if (!isPresent(dataSet, TAG.PatientOrientation)) return null
  const values = (dataSet.string(TAG.PatientOrientation) ?? '')
    .split('\\')
    .map((value) => value.replaceAll('\0', '').trim())
  const [row, column, ...more] = values
  if (row === undefined || column === undefined || more.length > 0) return null
  if (!DIRECTION.test(row) || !DIRECTION.test(column)) return null
  const axes = [row, column].map((value) => [...value].map((letter) => AXIS[letter]))
  const once = axes.every((names) => new Set(names).size === names.length)
  return once && axes[0]?.[0] !== axes[1]?.[0] ? { row, column } : null
}
