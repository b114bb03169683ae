import {
  alarmBasis,
  alarmFigures,
  notJudgedReason,
  partWords,
  pictureSides,
  ZONE_ORDER,
  ZONE_TITLES,
  type AuditRecord,
  type FilmHeader,
  type RaisedAlarm,
  type RestingAlarm,
  type ShortcutAlarm,
} from '../../../contract'
import type { CaseReport } from './caseReport'
import { bitsText, percentText } from '../numbers'

/** Where the bits lie, what speaks against the outlines, and whether the shortcut alarm rang; of older records the last alone. */
export function zoneLines(record: AuditRecord, { orientation }: Pick<FilmHeader, 'orientation'>): CaseReport['zones'] {
  const { zones: report, restriction } = record
  const alarm = alarmText(record)
  if (!report) return { rows: [], alarm, notes: [] }
  const { zones, bits } = report
  const rows = ZONE_ORDER.flatMap((name) => bits.find(({ zone }) => zone === name) ?? []).map((row) => ({
    name: ZONE_TITLES[row.zone],
    bits: bitsText(row.bits),
    share: row.share === null ? '–' : percentText(row.share),
    filmShare: row.filmShare === null ? '–' : percentText(row.filmShare),
    ...(row.detail === undefined ? {} : { detail: row.detail === null ? '–' : percentText(row.detail) }),
    area: percentText(row.area),
  }))
  return {
    rows,
    alarm,
    notes: [
      pictureSides(orientation),
      zones.source === 'corrected'
        ? 'The outlines of the lungs were corrected by hand.'
        : 'The outlines of the lungs were found automatically.',
      ...zones.reasons,
      ...(restriction
        ? [`Audit of one part only (${partWords(restriction)}): ${restriction.pixels} pixels stayed as on the film.`]
        : []),
      ...(report.alarm === null ? [] : alarmNotes(report.alarm)),
    ],
  }
}

function alarmText(record: AuditRecord): CaseReport['zones']['alarm'] {
  const alarm = record.zones?.alarm ?? null
  if (alarm === null) return { raised: false, text: `Shortcut alarm not judged: ${notJudgedReason(record)}` }
  return { raised: alarm.raised, text: alarm.raised ? rings(alarm) : rests(alarm) }
}

function alarmNotes(alarm: ShortcutAlarm): string[] {
  const { rule, trust } = alarmBasis(alarm)
  return [rule, trust]
}

function rests(alarm: RestingAlarm): string {
  const { peak, threshold } = alarmFigures(alarm)
  const text = 'The shortcut alarm did not ring'
  if (peak === null) return `${text}.`
  return `${text}: at places without anatomy at most ${peak} of the film’s fine structure is left, alarm at ${threshold}.`
}

function rings(alarm: RaisedAlarm): string {
  const { peak, threshold } = alarmFigures(alarm)
  const where = ZONE_TITLES[alarm.zone].toLowerCase()
  return `SHORTCUT ALARM: at a place without anatomy (${where}) ${peak} of the film’s fine structure was kept, alarm at ${threshold}. The decision may depend on something that is not anatomy.`
}
