import type { DataSet } from 'dicom-parser'
import { TAG, codeString, isPresent } from './dataset'
import { note, type Warning } from './warnings'

/** Overlay Rows, which every overlay plane has; the planes are the even groups from 6000 to 601E (PS3.3 C.9.2). */
const OVERLAY_ROWS = /^x60[01][02468ace]0010$/

/** What the file lays over its picture, covers of it or has burnt into it, and this program leaves as it is. */
export function notShown(dataSet: DataSet): Warning[] {
  const warnings: Warning[] = []
  if (Object.keys(dataSet.elements).some((tag) => OVERLAY_ROWS.test(tag)))
    warnings.push(
      note('OVERLAY_NOT_SHOWN', 'The file lays drawings or text over the film (overlay); they are not shown here.'),
    )
  if (isPresent(dataSet, TAG.ShutterShape))
    warnings.push(
      note(
        'SHUTTER_NOT_APPLIED',
        'The file covers a part of the film (display shutter); here the whole film is shown, and the model sees all of it.',
      ),
    )
  if (codeString(dataSet, TAG.BurnedInAnnotation)?.toUpperCase() === 'YES')
    warnings.push(
      note(
        'BURNED_IN_TEXT',
        'The file says that text about the patient may be burnt into the picture; it is not removed, neither here nor in what is exported.',
      ),
    )
  return warnings
}
