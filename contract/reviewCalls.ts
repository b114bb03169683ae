import { z } from 'zod'
import { objectiveName, presetName } from './audit'
import { caseId } from './ids'
import { caseLabel, labelMapping, labelMatch, labelTable } from './labelTable'
import { nothing } from './nothing'
import { finding, queueName, readerName, storedFinding } from './review'
import { savedFile } from './savedFile'

/** Calls and events of the review flow, part of the window's door (`workstation.ts`). */

/** What a reader may know of a case's findings. */
const caseFindings = z.strictObject({
  /** The reader's own, by number; only the last may be a draft. */
  own: z.array(storedFinding),
  /** Other readers' given ones; null where they are hidden, until the reader has given an own one. */
  others: z.array(z.strictObject({ reader: readerName, findings: z.array(storedFinding).nullable() })),
})
export type CaseFindings = z.infer<typeof caseFindings>

/** A queue whose films are audited one after the other. */
const batchState = z.strictObject({
  state: z.enum(['running', 'waiting', 'stopping', 'finished', 'stopped']),
  queue: z.union([queueName, z.literal('all')]),
  preset: presetName,
  total: z.number().int(),
  /** Audited with a result. */
  done: z.number().int(),
  failed: z.number().int(),
  /** Left out: their warnings have to be confirmed one by one, or they were removed meanwhile. */
  skipped: z.number().int(),
  current: caseId.nullable(),
  /** From the audits measured so far; null before there is a measure. */
  secondsLeft: z.number().nullable(),
})
export type BatchState = z.infer<typeof batchState>

const byReader = z.strictObject({ caseId, reader: readerName })

export const reviewCalls = {
  reviewFindings: { params: byReader, result: caseFindings },
  /** Keeps what is being written. */
  reviewSave: { params: byReader.extend({ finding }), result: caseFindings },
  /** The reader's word: shows the others', and takes the case off the queues. */
  reviewGive: { params: byReader.extend({ finding }), result: caseFindings },
  /** Makes the reader's last given finding a draft again. */
  reviewTakeBack: { params: byReader, result: caseFindings },
  /** Everybody who has written anything, by name. */
  reviewReaders: { params: nothing, result: z.array(readerName) },
  /** All findings as CSV: asks where to; null where the user cancelled. */
  reviewExport: { params: nothing, result: savedFile },
  /** Audits these films one after the other, in this order. */
  reviewBatchStart: {
    params: z.strictObject({
      queue: batchState.shape.queue,
      caseIds: z.array(caseId).min(1).max(10_000),
      preset: presetName,
      objective: objectiveName,
      seed: z.number().int(),
    }),
    result: nothing,
  },
  reviewBatch: { params: nothing, result: batchState.nullable() },
  /** Ends it; what is done stays. `now`: the running audit ends early too, and keeps what it has. */
  reviewBatchStop: { params: z.strictObject({ now: z.boolean() }), result: nothing },
  /** Asks for a table of report labels and reads it; null where the user cancelled. */
  reviewPickTable: { params: nothing, result: labelTable.nullable() },
  /** What a mapping of the table picked last would do. */
  reviewMatchLabels: { params: labelMapping, result: labelMatch },
  /** Does it; answers with the labels that stood there before. */
  reviewApplyLabels: { params: labelMapping, result: z.array(caseLabel) },
  reviewSetLabels: { params: z.strictObject({ labels: z.array(caseLabel).max(100_000) }), result: nothing },
} as const

export const reviewEvents = [z.strictObject({ type: z.literal('reviewBatch'), batch: batchState })] as const
