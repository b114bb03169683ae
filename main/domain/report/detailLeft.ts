import { chosenPoint, detailRows, detailScale, detailShares, detailUnit } from '../../../contract'
import { detailOfFrame } from '../auditRecord'
import { percentText } from '../numbers'
import type { CaseReport, CaseReportInput } from './caseReport'

/** What the search left of the film's detail at each place; null in audits of earlier versions. */
export function detailMap({ record, frames }: CaseReportInput): CaseReport['pictures']['detail'] {
  const shares = detailOfFrame(frames, record.simplified.frame)
  if (shares === undefined) return null
  const map = detailShares(shares).map((share) => 100 * share)
  const { low, high } = detailScale(shares)
  return { map, scale: { low: 100 * low, high: Math.round(100 * high) } }
}

/** What the search left of each scale of the film's detail; null in audits of earlier versions. */
export function detailByWidth({ record, header }: CaseReportInput): CaseReport['detailByWidth'] {
  const shares = chosenPoint(record)?.detail
  if (shares === undefined || record.detailSigmas === undefined) return null
  const ruler = { header, modelInput: record.input.modelInput }
  const rows = detailRows({ shares, sigmas: record.detailSigmas }, ruler)
  return {
    unit: detailUnit(header.spacing),
    rows: rows.map(({ width, share }) => ({ width, share, left: percentText(share) })),
  }
}
