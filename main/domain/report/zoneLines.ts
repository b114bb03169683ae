import { pictureSides, ZONE_ORDER, ZONE_TITLES, type AuditRecord, type FilmHeader } from '../../../contract'
import type { CaseReport } from './caseReport'
import { bitsText, decimalText, percentText } from '../numbers'

/** Where the bits lie, what speaks against the outlines, and whether the shortcut alarm rang; null in older records. */
export function zoneLines(
  { zones: report, restriction }: AuditRecord,
  { orientation }: Pick<FilmHeader, 'orientation'>,
): CaseReport['zones'] {
  if (!report) return null
  const { zones, bits, alarm } = report
  const rows = ZONE_ORDER.flatMap((name) => bits.find(({ zone }) => zone === name) ?? []).map((row) => ({
    name: ZONE_TITLES[row.zone],
    bits: bitsText(row.bits),
    share: row.share === null ? '–' : percentText(row.share),
    filmShare: row.filmShare === null ? '–' : percentText(row.filmShare),
    area: percentText(row.area),
  }))
  const raised = alarm?.raised ?? false
  return {
    rows,
    alarm: alarm === null ? null : { raised, text: raised ? rings(alarm) : rests(alarm) },
    notes: [
      pictureSides(orientation),
      zones.source === 'corrected'
        ? 'The outlines of the lungs were corrected by hand.'
        : 'The outlines of the lungs were found automatically.',
      ...zones.reasons,
      ...(restriction ? [`This audit was restricted: ${restrictionText(restriction)}.`] : []),
    ],
  }
}

type Alarm = NonNullable<NonNullable<AuditRecord['zones']>['alarm']>

/** Bits per pixel, in the digits of the threshold as it was measured. */
const dense = (bits: number): string => decimalText(bits, 2)

function rests({ peak, threshold }: Alarm): string {
  const text = 'The shortcut alarm did not ring'
  if (peak === null) return `${text}.`
  return `${text}: ${dense(peak)} bits per pixel above a flat picture at most where no anatomy is, alarm at ${dense(threshold)}.`
}

function rings({ peak, threshold, zone }: Alarm): string {
  const where = zone ? ` (${ZONE_TITLES[zone].toLowerCase()})` : ''
  const density =
    peak === null ? '' : `: ${dense(peak)} bits per pixel above a flat picture, alarm at ${dense(threshold)}`
  return `SHORTCUT ALARM: fine structure was kept where no anatomy is${where}${density}. The decision may hang on something that is no anatomy.`
}

/** Which part an audit simplified, or left, for inside a sentence. */
export function restrictionText({ mode, zones, brushed, pixels }: NonNullable<AuditRecord['restriction']>): string {
  const what = brushed ? 'a part brushed by hand' : zones.map((zone) => ZONE_TITLES[zone].toLowerCase()).join(' and ')
  return mode === 'keep'
    ? `${what} kept as on the film (${pixels} pixels), all else simplified`
    : `only ${what} simplified, all else (${pixels} pixels) as on the film`
}
