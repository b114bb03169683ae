import { experimentRun, type CurvePoint, type SampleGrid } from '../../contract'
import { tablesOf, tradeOffOf } from '../../main/domain/experiments'
import type { RunReportInput } from '../../main/domain/report/runReport'
import { exampleExperiment, exampleResult } from './exampleExperiment'

const SIDE = 8

/** A finished run of two pressures with curves of both and pictures of one, as its report is made from it. */
export function exampleRunReportInput(): RunReportInput {
  const run = experimentRun.parse({
    ...{ version: 1, id: 'tiny', experiment: exampleExperiment(), state: 'done', error: null },
    ...{ startedAt: '2026-01-01T00:00:00.000Z', endedAt: '2026-01-01T00:02:00.000Z', seconds: 120 },
    ...{ revision: '0123456789abcdef', versions: {}, backend: 'wasm', hashes: {} },
    results: [exampleResult(0), exampleResult(2)],
  })
  const tables = tablesOf(run).map(({ title, cells }) => ({ title, cells: cells.map((row) => [...row]) }))
  return {
    ...{ run, tables, tradeOff: tradeOffOf(run), points: [...pointsOf(0), ...pointsOf(2)], samples: [samples()] },
    ...{ createdAt: '2026-01-02T00:00:00.000Z', productVersion: '0.0.0' },
  }
}

function pointsOf(value: number): CurvePoint[] {
  const at = (step: number) => ({ cell: `bits-${value}-seed0`, step, of: 20, bpd: 4 - value / step, auc: null })
  return [
    ...[1, 10, 20].map((step) => ({ ...at(step), phase: 'joint' as const, loss: 1 / step, accuracy: step / 20 })),
    { ...at(20), phase: 'evaluation', loss: 0.5, accuracy: 0.5 },
  ]
}

function samples(): SampleGrid {
  const pictures = Uint8Array.from({ length: 2 * SIDE * SIDE }, (_, i) => i)
  return {
    ...{ cell: 'bits-2-seed0', size: SIDE, channels: 1, count: 2, originals: pictures, pictures },
    labels: ['3', '7'],
    bits: [
      { before: 300, after: 150 },
      { before: 500, after: 250 },
    ],
  }
}
