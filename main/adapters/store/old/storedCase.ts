import { z } from 'zod'
import { caseId, caseIdentity, filmWarning, reportLabel, sha256, wireError } from '../../../../contract'
import { UNKNOWN_IDENTITY } from '../../../domain/caseIdentity'

/** case.json, version 1. */
export const storedCaseFile = z.strictObject({
  schema: z.literal('simplebits.case/1'),
  case: z.strictObject({
    id: caseId,
    file: z.string(),
    sha256,
    bundled: z.boolean(),
    addedAt: z.string(),
    title: z.string(),
    patientLine: z.string(),
    /** Cases of before it was kept say nothing. */
    identity: caseIdentity.default(UNKNOWN_IDENTITY),
    reportLabel: reportLabel.nullable(),
    decision: z
      .strictObject({ probability: z.number(), present: z.boolean(), model: sha256 })
      .transform((decision) => ({ ...decision, rule: null }))
      .nullable(),
    thumbnail: z.string(),
    warnings: z.array(filmWarning),
    error: wireError.nullable(),
  }),
})
