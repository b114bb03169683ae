import { z } from 'zod'
import { cell, cellId, curvePoint, experiment, experimentRun, sampleGrid } from './experiment'
import { nothing } from './nothing'
import { progress } from './progress'
import { savedFile } from './savedFile'

/** Calls and events of the training lab, part of the window's door (`workstation.ts`). */

/** What an experiment lacks on this machine, in a sentence; `data`: another folder may hold it. */
const labMissing = z.strictObject({ what: z.enum(['flow', 'data']), text: z.string() })
export type LabMissing = z.infer<typeof labMissing>

/** An experiment that can be started, and what it is estimated to take here. */
const labTemplate = z.strictObject({
  experiment,
  file: z.string(),
  /** Seconds; null where nothing like it was ever measured. */
  estimateSeconds: z.number().nullable(),
  /** False where the estimate comes from runs on another machine. */
  measuredHere: z.boolean(),
  /** Null: all there. */
  missing: labMissing.nullable(),
})
export type LabTemplate = z.infer<typeof labTemplate>

/** A field of an experiment that is wrong, by its path (`data.train`), and why. */
const fieldProblem = z.strictObject({ field: z.string(), message: z.string() })
export type FieldProblem = z.infer<typeof fieldProblem>

/** A table of results as it is printed; the heading first. */
const labTable = z.strictObject({ title: z.string(), cells: z.array(z.array(z.string())) })
export type LabTable = z.infer<typeof labTable>

/** Score against bits per dimension, a series a method; means over seeds. */
const tradeOff = z.strictObject({
  score: z.enum(['accuracy', 'auc']),
  /** Of a classifier trained on plain originals. */
  reference: z.number(),
  originalBpd: z.number(),
  blankBpd: z.number(),
  series: z.array(
    z.strictObject({
      method: cell.shape.method,
      points: z.array(
        z.strictObject({
          /** λ, w, σ in pixels or JPEG quality. */
          value: z.number(),
          bpd: z.number(),
          /** Score on simplified and on original test pictures. */
          simplified: z.number(),
          original: z.number(),
          /** Standard deviation over seeds, or over the evaluation nets of one seed. */
          spread: z.number().nullable(),
          cells: z.array(cellId),
        }),
      ),
    }),
  ),
})
export type TradeOff = z.infer<typeof tradeOff>

const runId = cellId
const byRun = z.strictObject({ runId })

export const labCalls = {
  labTemplates: { params: nothing, result: z.array(labTemplate) },
  /** What an experiment that was built in the window is estimated to take; null with its problems where it is wrong. */
  labEstimate: {
    params: z.strictObject({ experiment: z.unknown() }),
    result: z.strictObject({ template: labTemplate.nullable(), problems: z.array(fieldProblem) }),
  },
  /** Asks for the folder of the data, now and from now on; null where the user cancelled. */
  labPickData: { params: nothing, result: z.array(labTemplate).nullable() },
  labRuns: { params: nothing, result: z.array(experimentRun) },
  labStart: { params: z.strictObject({ experiment: z.unknown() }), result: z.strictObject({ runId }) },
  labPause: { params: byRun, result: nothing },
  labResume: { params: byRun, result: nothing },
  /** Ends the run for good; what is finished stays. */
  labStop: { params: byRun, result: nothing },
  labRemove: { params: byRun, result: nothing },
  /** Curves so far, the last pictures of every cell, and what the finished cells show. */
  labRun: {
    params: byRun,
    result: z.strictObject({
      run: experimentRun,
      points: z.array(curvePoint),
      samples: z.array(sampleGrid),
      tables: z.array(labTable),
      tradeOff: tradeOff.nullable(),
      /** It came with the program: it can be looked at and exported, and stays as it is. */
      bundled: z.boolean(),
    }),
  },
  /** Asks where to save; null where the user cancelled. */
  labExport: {
    params: z.strictObject({ runId, format: z.enum(['csv', 'pdf']) }),
    result: savedFile,
  },
} as const

export const labEvents = [
  z.strictObject({ type: z.literal('labRun'), run: experimentRun }),
  z.strictObject({ type: z.literal('labProgress'), runId, progress }),
  z.strictObject({ type: z.literal('labPoint'), runId, point: curvePoint }),
  z.strictObject({ type: z.literal('labSamples'), runId, samples: sampleGrid }),
  z.strictObject({ type: z.literal('labRemoved'), runId }),
] as const
