import { z } from 'zod'
import { cellId, curvePoint, experiment, experimentRun, sampleGrid } from './experiment'
import { progress } from './progress'

/** Calls and events of the training lab, part of the window's door (`workstation.ts`). */

/** An experiment that can be started, and what it is estimated to take here. */
export const labTemplate = z.strictObject({
  experiment,
  file: z.string(),
  /** Seconds on this machine; null where it was never measured. */
  estimateSeconds: z.number().nullable(),
  /** What of its data is missing here, in a sentence; null: all there. */
  missing: z.string().nullable(),
})
export type LabTemplate = z.infer<typeof labTemplate>

const runId = cellId
const byRun = z.strictObject({ runId })
const nothing = z.null()

export const labCalls = {
  labTemplates: { params: nothing, result: z.array(labTemplate) },
  /** The estimate for an experiment that was built in the window; refuses a wrong one by field name. */
  labEstimate: { params: z.strictObject({ experiment: z.unknown() }), result: labTemplate },
  labRuns: { params: nothing, result: z.array(experimentRun) },
  labStart: { params: z.strictObject({ experiment: z.unknown() }), result: z.strictObject({ runId }) },
  labPause: { params: byRun, result: nothing },
  labResume: { params: byRun, result: nothing },
  /** Ends the run for good; what is finished stays. */
  labStop: { params: byRun, result: nothing },
  labRemove: { params: byRun, result: nothing },
  /** Curves so far and the last pictures of every cell. */
  labRun: {
    params: byRun,
    result: z.strictObject({ run: experimentRun, points: z.array(curvePoint), samples: z.array(sampleGrid) }),
  },
  /** Asks where to save; null where the user cancelled. */
  labExport: {
    params: z.strictObject({ runId, format: z.enum(['csv', 'pdf']) }),
    result: z.strictObject({ path: z.string() }).nullable(),
  },
} as const

export const labEvents = [
  z.strictObject({ type: z.literal('labRun'), run: experimentRun }),
  z.strictObject({ type: z.literal('labProgress'), runId, progress }),
  z.strictObject({ type: z.literal('labPoint'), runId, point: curvePoint }),
  z.strictObject({ type: z.literal('labSamples'), runId, samples: sampleGrid }),
  z.strictObject({ type: z.literal('labRemoved'), runId }),
] as const
