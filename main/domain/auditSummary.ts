import { mean, median } from 'd3-array'
import { chosenPoint, matchingDistanceOf, type AuditRecord, type ReportLabel, type Rival } from '../../contract'

/** What a counterpart is measured against, in the table's order. */
type RatioKind = Exclude<Rival['kind'], 'start'>

/** One line of `audit --summary`. Shares are 0 … 1. */
export interface SummaryRow {
  readonly case: string
  readonly label: ReportLabel | null
  /** The classifier's own: a probability at or above it is a yes. */
  readonly threshold: number
  readonly probabilityBefore: number
  readonly probabilityAfter: number
  readonly decisionBefore: boolean
  readonly decisionAfter: boolean
  readonly decisionKept: boolean
  readonly bitsLeft: number
  readonly aboveFlat: number
  /** Share of the film's detail that is left, all scales counting alike, and scale by scale from the finest on; null in audits of earlier versions. */
  readonly detailLeft: number | null
  readonly detailByScale: readonly number[] | null
  readonly matchingDistance: number
  /** The rival's matching distance divided by the counterpart's: above 1 the counterpart matches better. */
  readonly ratio: Readonly<Record<RatioKind, number | null>>
  readonly firstUsableSeconds: number | null
  readonly seconds: number
}

export interface AuditSummary {
  readonly rows: readonly SummaryRow[]
  readonly cases: number
  readonly kept: number
  /** Of the audits that kept the decision, as the cohort has it: one that lost it is no counterpart. Null where there is none. */
  readonly median: Readonly<Record<'bitsLeft' | 'aboveFlat' | 'matchingDistance' | 'seconds', number | null>> & {
    readonly firstUsableSeconds: number | null
    readonly detailLeft: number | null
    readonly detailByScale: readonly number[] | null
    readonly ratio: Readonly<Record<RatioKind, number | null>>
  }
}

export function summaryRow(name: string, record: AuditRecord, label: ReportLabel | null): SummaryRow {
  const distance = matchingDistanceOf(record)
  const detailByScale = chosenPoint(record)?.detail ?? null
  const ratio = (kind: Rival['kind']) => {
    const rival = record.rivals.find((one) => one.kind === kind)
    return rival && distance > 0 ? rival.matchingDistance / distance : null
  }
  return {
    case: name,
    label,
    threshold: record.threshold,
    probabilityBefore: record.original.probability,
    probabilityAfter: record.simplified.probability,
    decisionBefore: record.original.probability >= record.threshold,
    decisionAfter: record.simplified.probability >= record.threshold,
    decisionKept: record.decisionKept,
    bitsLeft: record.simplified.bits / record.original.bits,
    aboveFlat: record.simplified.aboveFlat,
    detailLeft: mean(detailByScale ?? []) ?? null,
    detailByScale,
    matchingDistance: distance,
    ratio: { blur: ratio('blur'), jpeg: ratio('jpeg'), even: ratio('even') },
    firstUsableSeconds: record.firstUsableSeconds,
    seconds: record.seconds,
  }
}

export function summarise(rows: readonly SummaryRow[]): AuditSummary {
  const kept = rows.filter((row) => row.decisionKept)
  const middle = (value: (row: SummaryRow) => number | null) => median(kept.flatMap((row) => value(row) ?? [])) ?? null
  const scale = (_: number, i: number) => middle((row) => row.detailByScale?.[i] ?? null) ?? 0
  return {
    rows,
    cases: rows.length,
    kept: kept.length,
    median: {
      bitsLeft: middle((row) => row.bitsLeft),
      aboveFlat: middle((row) => row.aboveFlat),
      matchingDistance: middle((row) => row.matchingDistance),
      seconds: middle((row) => row.seconds),
      firstUsableSeconds: middle((row) => row.firstUsableSeconds),
      detailLeft: middle((row) => row.detailLeft),
      detailByScale: kept.find((row) => row.detailByScale)?.detailByScale?.map(scale) ?? null,
      ratio: {
        blur: middle((row) => row.ratio.blur),
        jpeg: middle((row) => row.ratio.jpeg),
        even: middle((row) => row.ratio.even),
      },
    },
  }
}
