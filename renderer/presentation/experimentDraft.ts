import type { Experiment, ExperimentData, FieldProblem, ModelInfo } from '../../contract'

/** An experiment as its form holds it: everything as it was typed. */
export interface ExperimentDraft {
  title: string
  set: ExperimentData['set']
  /** Radiographs: the finding; two parts: the one with the label. */
  target: string
  /** Side length of radiographs and of pictures from a folder. */
  size: string
  folder: string
  table: string
  flow: string
  pressures: string
  seeds: string
  train: string
  validation: string
  test: string
  /** Simplification: steps of the joint training, and of the classifier before it; condensation: iterations. */
  steps: string
  warmUpSteps: string
  imagesPerClass: string
  pressed: 'bits' | 'l2'
  blur: string
  jpeg: string
}

const list = (values: readonly number[]): string => values.join(', ')
const number = (text: string): number => (text.trim() === '' ? NaN : Number(text))
const numbers = (text: string): number[] =>
  text
    .split(/[\s,;]+/)
    .filter((part) => part !== '')
    .map(Number)

export function draftOf(experiment: Experiment): ExperimentDraft {
  const { data, title, flow, pressures, seeds } = experiment
  const simplification = experiment.kind === 'simplification' ? experiment : null
  return {
    title,
    set: data.set,
    flow,
    pressures: list(pressures),
    seeds: list(seeds),
    target: 'target' in data ? data.target : 'label' in data ? data.label : '',
    size: 'size' in data ? String(data.size) : '64',
    ...('folder' in data ? { folder: data.folder, table: data.table } : { folder: '', table: '' }),
    train: String(data.train),
    validation: String(data.validation),
    test: String(data.test),
    steps: String(experiment.kind === 'simplification' ? experiment.steps : experiment.iterations),
    warmUpSteps: String(simplification?.warmUpSteps ?? ''),
    imagesPerClass: String(experiment.kind === 'condensation' ? experiment.imagesPerClass : ''),
    pressed: simplification?.pressed ?? 'bits',
    blur: list(simplification?.baselines.blur ?? []),
    jpeg: list(simplification?.baselines.jpeg ?? []),
  }
}

/** What the form makes of its base; whether it is right is for the main side to say (`labEstimate`). */
export function experimentOf(base: Experiment, draft: ExperimentDraft): unknown {
  const common = {
    ...base,
    title: draft.title.trim(),
    name: nameOf(draft.title),
    data: dataOf(draft),
    flow: draft.flow,
    pressures: numbers(draft.pressures),
    seeds: numbers(draft.seeds),
  }
  if (base.kind === 'condensation')
    return { ...common, iterations: number(draft.steps), imagesPerClass: number(draft.imagesPerClass) }
  return {
    ...common,
    steps: number(draft.steps),
    warmUpSteps: number(draft.warmUpSteps),
    pressed: draft.pressed,
    baselines: { blur: numbers(draft.blur), jpeg: numbers(draft.jpeg) },
  }
}

function dataOf(draft: ExperimentDraft): object {
  const { set, target, size, folder, table } = draft
  const counts = { train: number(draft.train), validation: number(draft.validation), test: number(draft.test) }
  if (set === 'radiographs') return { set, target, size, ...counts }
  if (set === 'side-by-side' || set === 'blend') return { set, label: target, ...counts }
  if (set === 'png-folder' || set === 'dicom-folder') return { set, folder, table, size: number(size), ...counts }
  return { set, ...counts }
}

const LONGEST_NAME = 48

/** A title as the name of a run folder. */
function nameOf(title: string): string {
  const name = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, LONGEST_NAME)
    .replace(/-+$/, '')
  return name === '' ? 'experiment' : name
}

export const targetChoices: Partial<Record<ExperimentData['set'], readonly { value: string; title: string }[]>> = {
  radiographs: [
    { value: 'effusion', title: 'Pleural effusion' },
    { value: 'sex', title: 'Sex of the patient' },
  ],
  'side-by-side': [
    { value: 'digit', title: 'The digit' },
    { value: 'clothing', title: 'The piece of clothing' },
  ],
  blend: [
    { value: 'digit', title: 'The digit' },
    { value: 'photo', title: 'What the photo shows' },
  ],
}

/** Side length of a draft's pictures. */
const pictureSize = ({ set, size }: Pick<ExperimentDraft, 'set' | 'size'>): number =>
  set === 'radiographs' || set === 'png-folder' || set === 'dicom-folder' ? Number(size) : 32

/** Names of flows end with the side length they were trained on. */
const flowSize = (name: string): number => Number(/\d+$/.exec(name)?.[0] ?? NaN)

/** Flows that were trained on pictures of a draft's size. */
export function fittingFlows(models: readonly ModelInfo[], draft: Pick<ExperimentDraft, 'set' | 'size'>): string[] {
  const size = pictureSize(draft)
  return models.filter(({ kind, name }) => kind === 'flow' && flowSize(name) === size).map(({ name }) => name)
}

const fieldsOfPaths: Readonly<Record<string, keyof ExperimentDraft>> = {
  name: 'title',
  'data.train': 'train',
  'data.validation': 'validation',
  'data.test': 'test',
  'data.target': 'target',
  'data.label': 'target',
  'data.size': 'size',
  'data.folder': 'folder',
  'data.table': 'table',
  iterations: 'steps',
  'baselines.blur': 'blur',
  'baselines.jpeg': 'jpeg',
}

/** Problems by the field of the form that they concern; what concerns none stands under `other`. */
export function problemsByField(
  draft: ExperimentDraft,
  problems: readonly FieldProblem[],
): Partial<Record<keyof ExperimentDraft | 'other', string>> {
  const found: Partial<Record<keyof ExperimentDraft | 'other', string>> = {}
  for (const { field, message } of problems) {
    const path = field.replace(/\.\d+$/, '')
    const known = fieldsOfPaths[path] ?? (isField(draft, path) ? path : null)
    if (known) found[known] ??= message
    else found.other ??= `${field}: ${message}`
  }
  return found
}

const isField = (draft: ExperimentDraft, path: string): path is keyof ExperimentDraft => Object.hasOwn(draft, path)
