import {
  RESEARCH_USE_ONLY,
  type CurvePoint,
  type ExperimentRun,
  type LabTable,
  type SampleGrid,
  type TradeOff,
} from '../../../contract'
import type { Fact } from './caseReport'
import { oneLine } from './notes'
import { decimalText, timeText } from '../numbers'

/** Everything a run's report is made of, as the product has it. */
export interface RunReportInput {
  readonly run: ExperimentRun
  readonly points: readonly CurvePoint[]
  readonly samples: readonly SampleGrid[]
  readonly tables: readonly LabTable[]
  readonly tradeOff: TradeOff | null
  /** ISO time of the export. */
  readonly createdAt: string
  readonly productVersion: string
}

/** A finished report of a run; the writer only sets it in type. */
export interface RunReport {
  readonly title: string
  readonly name: string
  readonly researchUseOnly: string
  readonly createdAt: string
  readonly productVersion: string
  readonly facts: readonly Fact[]
  readonly tables: readonly LabTable[]
  readonly tradeOff: TradeOff | null
  readonly curves: readonly RunCurve[]
  readonly pictures: readonly { readonly caption: string; readonly samples: SampleGrid }[]
  readonly howToRead: readonly string[]
}

/** One measure over the steps of every cell. */
export interface RunCurve {
  readonly title: string
  readonly lines: readonly (readonly { readonly step: number; readonly value: number }[])[]
}

const HOW_TO_READ = [
  'Bits per dimension (bpd): what a flow, a model of how such pictures look, charges for each value of a picture. Blank pictures also cost something; “bits above blank left” takes that off.',
  'λ: how hard bits, or the squared distance, are pressed; w: the same while pictures are condensed; σ: width of a blur; q: quality of a JPEG. A cell is one setting with one seed.',
  'Accuracy and AUC are those of test pictures by which nothing was chosen. “plain classifier” was trained on the originals for as long.',
  'Figures are means ± standard deviation over seeds (or over evaluation nets where there is one seed). They hold for these data, sizes and settings.',
]

/** Words the report of a run: its settings, tables, trade-off, curves and pictures of every setting of its first seed. */
export function buildRunReport({ run, points, samples, ...input }: RunReportInput): RunReport {
  const [firstSeed] = run.experiment.seeds
  const shown = new Map(run.results.flatMap(({ cell }) => (cell.seed === firstSeed ? [[cell.id, cell] as const] : [])))
  return {
    ...input,
    title: oneLine(run.experiment.title),
    name: run.id,
    researchUseOnly: RESEARCH_USE_ONLY,
    facts: facts(run),
    curves: curvesOf(points),
    pictures: samples.flatMap((grid) => {
      const cell = shown.get(grid.cell)
      return cell ? [{ caption: captionOf(grid), samples: grid }] : []
    }),
    howToRead: HOW_TO_READ,
  }
}

function facts({ experiment, ...run }: ExperimentRun): Fact[] {
  const { train, validation, test } = experiment.data
  return [
    { label: 'State', value: run.state },
    { label: 'Data', value: experiment.data.set },
    { label: 'Pictures to train, to choose, to test', value: `${train}, ${validation}, ${test}` },
    { label: 'Flow', value: experiment.flow },
    { label: experiment.kind === 'condensation' ? 'Weights w' : 'Pressures λ', value: experiment.pressures.join(', ') },
    { label: 'Seeds', value: experiment.seeds.join(', ') },
    { label: 'Started, UTC', value: timeText(run.startedAt) },
    { label: 'Computed for', value: `${Math.round(run.seconds / 60)} min` },
    { label: 'Backend', value: run.backend },
    { label: 'Revision', value: run.revision?.slice(0, 12) ?? 'not known' },
  ]
}

const MEASURES = [
  { title: 'Loss', of: ({ loss }: CurvePoint) => loss },
  { title: 'Accuracy', of: ({ accuracy }: CurvePoint) => accuracy },
  { title: 'Bits per dimension', of: ({ bpd }: CurvePoint) => bpd },
] as const

/** Of the training alone: the evaluation at its end is of other pictures, and stands in the tables. */
function curvesOf(all: readonly CurvePoint[]): RunCurve[] {
  const points = all.filter(({ phase }) => phase !== 'evaluation')
  const cells = [...new Set(points.map(({ cell }) => cell))]
  const curves = MEASURES.map(({ title, of }) => ({
    title,
    lines: cells.map((cell) =>
      points.flatMap((point) => {
        const value = point.cell === cell ? of(point) : null
        return value === null ? [] : [{ step: point.step, value }]
      }),
    ),
  }))
  return curves.filter(({ lines }) => lines.some((line) => line.length > 1))
}

function captionOf({ cell, bits, originals }: SampleGrid): string {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  const after = decimalText(mean(bits.map((one) => one.after)), 0)
  const before = bits.flatMap((one) => one.before ?? [])
  if (!originals || before.length === 0) return `${cell}: condensed pictures, ${after} bits each`
  return `${cell}: originals above (${decimalText(mean(before), 0)} bits), simplified below (${after} bits)`
}
