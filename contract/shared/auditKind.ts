import type { AuditKind } from '../cohort'

/** "standard preset, activation match": audits of one kind leave bits that compare. */
export const auditKindWords = ({ preset, objective }: AuditKind): string => `${preset} preset, ${objective} match`
