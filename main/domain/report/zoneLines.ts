import { pictureSides, type AuditRecord, type FilmHeader, type ZoneName } from '../../../contract'
import { ZONE_TITLES } from '../zones'
import type { CaseReport } from './caseReport'
import { bitsText, percentText } from '../numbers'

const ORDER: readonly ZoneName[] = [
  'costophrenic-picture-left',
  'costophrenic-picture-right',
  'lung-picture-left',
  'lung-picture-right',
  'mediastinum',
  'body',
  'border',
  'markers',
  'outside',
]

/** Where the bits lie, what speaks against the outlines, and whether the shortcut alarm rang; null in older records. */
export function zoneLines(
  { zones: report, restriction }: AuditRecord,
  { orientation }: Pick<FilmHeader, 'orientation'>,
): CaseReport['zones'] {
  if (!report) return null
  const { zones, bits, alarm } = report
  const rows = ORDER.flatMap((name) => bits.find(({ zone }) => zone === name) ?? []).map((row) => ({
    name: ZONE_TITLES[row.zone],
    bits: bitsText(row.bits),
    share: row.share === null ? '–' : percentText(row.share),
    filmShare: row.filmShare === null ? '–' : percentText(row.filmShare),
    area: percentText(row.area),
  }))
  const raised = alarm?.raised ?? false
  return {
    rows,
    alarm: alarm === null ? null : { raised, text: raised ? rings(alarm) : 'The shortcut alarm did not ring.' },
    notes: [
      pictureSides(orientation),
      zones.source === 'corrected'
        ? 'The outlines of the lungs were corrected by hand.'
        : 'The outlines of the lungs were found automatically.',
      ...zones.reasons,
      ...(restriction ? [restrictionLine(restriction)] : []),
    ],
  }
}

function rings({ peak, threshold, zone }: NonNullable<NonNullable<AuditRecord['zones']>['alarm']>): string {
  const where = zone ? ` (${ZONE_TITLES[zone].toLowerCase()})` : ''
  const density =
    peak === null ? '' : `: ${peak.toFixed(1)} bits per pixel above a flat picture, alarm at ${threshold.toFixed(1)}`
  return `SHORTCUT ALARM: fine structure was kept where no anatomy is${where}${density}. The decision may hang on something that is no anatomy.`
}

function restrictionLine({ mode, zones, brushed, pixels }: NonNullable<AuditRecord['restriction']>): string {
  const what = brushed ? 'a part brushed by hand' : zones.map((zone) => ZONE_TITLES[zone].toLowerCase()).join(', ')
  return mode === 'keep'
    ? `This audit was restricted: ${what} kept as on the film (${pixels} pixels), all else simplified.`
    : `This audit was restricted: only ${what} simplified, all else (${pixels} pixels) as on the film.`
}
