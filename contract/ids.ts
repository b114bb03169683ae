import { z } from 'zod'

/** Branded ids and units: a number of bits is not a number of millimetres. */
export const caseId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,95}$/)
  .brand<'CaseId'>()
export type CaseId = z.infer<typeof caseId>

export const sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'Sha256'>()
export type Sha256 = z.infer<typeof sha256>

/** Stands for a patient where films of one patient are brought together; the patient's id cannot be read from it. */
export const patientKey = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'PatientKey'>()
export type PatientKey = z.infer<typeof patientKey>

/** Name of a bundled or user-installed model: the folder name under models/. */
export const modelName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/)
  .brand<'ModelName'>()
export type ModelName = z.infer<typeof modelName>
