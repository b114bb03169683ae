import { films } from './0001-films'
import { audits } from './0002-audits'
import { findings } from './0003-findings'
import { reports } from './0004-reports'
import { copies } from './0005-copies'
import { documents } from './0006-documents'
import { explanations } from './0007-explanations'
import { rules } from './0008-rules'
import { flatMaps } from './0009-flat-maps'
import { detailMaps } from './0010-detail-maps'
import { removal } from './0011-removal'
import { fineDetail } from './0012-fine-detail'
import type { Migration } from './migration'

export type { Migration }

/** All steps, in order. */
export const MIGRATIONS: readonly Migration[] = [
  films,
  audits,
  findings,
  reports,
  copies,
  documents,
  explanations,
  rules,
  flatMaps,
  detailMaps,
  removal,
  fineDetail,
]
