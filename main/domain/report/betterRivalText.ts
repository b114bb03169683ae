import { betterRivalSentence, type AuditRecord } from '../../../contract'

/** That plain processing does as well, as the window says it, with the plain spaces of a report; null where it does not. */
export const betterRivalText = (record: AuditRecord): string | null =>
  betterRivalSentence(record)?.replaceAll('\u00a0', ' ') ?? null
