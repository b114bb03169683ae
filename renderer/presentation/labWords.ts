import type {
  Cell,
  CellResult,
  CurvePoint,
  Experiment,
  ExperimentData,
  Progress,
  RunState,
  TradeOff,
} from '../../contract'
import { bitsWords, count, percent } from './words'

export const runStateWords: Record<RunState, string> = {
  queued: 'Waiting',
  running: 'Running',
  paused: 'Paused',
  interrupted: 'Interrupted',
  stopped: 'Stopped',
  done: 'Done',
  failed: 'Failed',
}

export const isActive = (state: RunState): boolean => state === 'running' || state === 'queued'
export const isResumable = (state: RunState): boolean =>
  state === 'paused' || state === 'interrupted' || state === 'failed'

export const kindWords: Record<Experiment['kind'], { title: string; text: string }> = {
  simplification: {
    title: 'Simplification',
    text: 'A network learns to rewrite pictures with fewer bits while a classifier learns from them. What is not needed for the decision goes first.',
  },
  condensation: {
    title: 'Condensation',
    text: 'Learns a handful of pictures that should teach a classifier as well as the whole data set does, with and without pressure on their bits.',
  },
}

/** What the lab's terms mean, for whoever meets them first. */
export const termWords = {
  bits: 'How many bits the flow, a model of what such pictures look like, needs to store a picture. A plain picture needs few, a detailed one many.',
  bpd: 'Bits divided by the number of values in the picture: its pixels, times three in colour. Also called bits per dimension (bpd).',
  pressure:
    'How strongly the training saves bits. 0: not at all. The higher, the simpler the pictures, until the classifier begins to suffer.',
  seed: 'Training begins at random. Each seed is one repetition; several show how far results scatter.',
  flow: 'The model that counts the bits. It must have been trained on pictures of the same size.',
  blank: 'What even a black picture costs: the lowest cost possible.',
  reference: 'A classifier of the same kind, trained and tested on plain originals: what there was to lose.',
  baseline: 'The same classifier on pictures that were made cheap in the usual way, for comparison.',
  auc: 'Area under the ROC curve: how well the classifier ranks one class above the other; 1 is perfect, 0.5 chance.',
  loss: 'What the training minimises. It may rise when the pressure on bits sets in.',
} as const
export type Term = keyof typeof termWords

export const methodWords: Record<Cell['method'], { title: string; value: string }> = {
  bits: { title: 'Bits pressed out', value: 'λ' },
  l2: { title: 'Contrast pressed out (L2)', value: 'λ' },
  blur: { title: 'Blur', value: 'σ in pixels' },
  jpeg: { title: 'JPEG', value: 'quality' },
  condensation: { title: 'Condensed set', value: 'w' },
}

/** "Bits pressed out, λ 0.5" */
export function settingWords({ method, value }: Pick<Cell, 'method' | 'value'>): string {
  if (method === 'blur') return `Blur of ${value} ${value === 1 ? 'pixel' : 'pixels'}`
  if (method === 'jpeg') return `JPEG, quality ${value}`
  return `${methodWords[method].title}, ${methodWords[method].value} ${value}`
}

const cellShape = /^(?<method>bits|l2|blur|jpeg|condensation)-(?<value>.+)-seed(?<seed>\d+)$/
const isMethod = (text: string | undefined): text is Cell['method'] => text !== undefined && text in methodWords

/** "Bits pressed out, λ 0.5 · seed 0", from the id of a cell. */
export function cellWords(id: string): string {
  const { method, value, seed } = cellShape.exec(id)?.groups ?? {}
  return isMethod(method) ? `${settingWords({ method, value: Number(value) })} · seed ${seed}` : id
}

export const setWords: Record<ExperimentData['set'], string> = {
  digits: 'Handwritten digits',
  clothing: 'Pieces of clothing',
  photos: 'Photos',
  radiographs: 'Chest radiographs',
  'side-by-side': 'A digit beside a piece of clothing',
  blend: 'A digit blended with a photo',
  noise: 'A digit under noise',
  stripes: 'A photo under stripes',
  'png-folder': 'A folder of PNG pictures',
  'dicom-folder': 'A folder of DICOM films',
}

/** What the classifier has to tell, in words. */
export function targetWords(data: ExperimentData): string {
  if (data.set === 'radiographs') return data.target === 'effusion' ? 'pleural effusion' : 'sex'
  if (data.set === 'side-by-side' || data.set === 'blend') return `the ${data.label}`
  if (data.set === 'digits' || data.set === 'noise') return 'the digit'
  if (data.set === 'clothing') return 'the piece of clothing'
  return data.set === 'png-folder' || data.set === 'dicom-folder' ? 'the label in the table' : 'what the photo shows'
}

export const phaseWords: Record<CurvePoint['phase'], string> = {
  classifier: 'learning on originals',
  joint: 'pressing bits out',
  retraining: 'a fresh classifier learns on simplified pictures',
  condensing: 'condensing',
  evaluation: 'tested',
}

/** 5 400 s as "1 h 30 min": an estimate needs no seconds. */
export function durationWords(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`
}

export function leftWords(progress: Progress): string {
  return progress.secondsLeft === null
    ? 'estimating the time left'
    : `about ${durationWords(progress.secondsLeft)} left`
}

/** How many things an experiment trains: settings times seeds. */
export function cellCount(experiment: Experiment): number {
  const baselines =
    experiment.kind === 'simplification' ? experiment.baselines.blur.length + experiment.baselines.jpeg.length : 0
  return (experiment.pressures.length + baselines) * experiment.seeds.length
}

export const trainingsWords = (experiment: Experiment): string => count(cellCount(experiment), 'training')

/** "15.9 → 8.2 kbit": the unit once where it is the same. */
export function bitsChange(before: number, after: number): string {
  const [figure, unit] = bitsWords(before).split('\u00a0')
  const left = bitsWords(after)
  return left.endsWith(`\u00a0${unit}`) ? `${figure} → ${left}` : `${bitsWords(before)} → ${left}`
}

type ScoreKind = TradeOff['score']

/** "91.2 ± 0.4 %", an AUC as "0.85 ± 0.01": it is no share of anything. The spread is left out where there is none. */
export function scoreWords(score: number, spread: number | null, kind: ScoreKind = 'accuracy'): string {
  if (kind === 'auc') return spread === null ? score.toFixed(2) : `${score.toFixed(2)} ± ${spread.toFixed(2)}`
  return spread === null ? percent(score, 1) : `${(100 * score).toFixed(1)} ± ${percent(spread, 1)}`
}

/** The one score a result is judged by. */
export function resultScore({ auc, accuracy }: CellResult) {
  const kind: ScoreKind = auc ? 'auc' : 'accuracy'
  return { name: auc ? 'AUC' : 'Accuracy', kind, ...(auc ?? accuracy) }
}
