import { percentText } from '../../../domain/numbers'
import type { AucRow } from './crossValidation'
import type { CrossValidation } from './packageClassifier'
import type { ClassifierTrainingConfig } from './trainingConfig'

interface CardInput {
  readonly config: ClassifierTrainingConfig
  readonly cv: CrossValidation
  readonly note: string | null
  readonly shipped: string
}

/** models/<name>/MODEL_CARD.md; every figure comes from the cross-validation. */
export function classifierCard(input: CardInput): string {
  const { config, cv, note } = input
  const { decision } = cv
  return `# ${config.name}: pleural effusion on a frontal chest radiograph

**Research use only – not for diagnosis.**
${note === null ? '' : `\n> ${note}\n`}
## Intended use
A small classifier to *audit*: the workstation shows which part of a film this network really uses. It is deliberately modest and
must not be used to read films. Input: one frontal chest radiograph as \`model-input/1\` sees it (128 × 128 pixels, 8 bits, one
linear window). Output: ${config.net.heads.length} independent heads; the first, pleural effusion, is the decision. The other heads
(${config.net.heads.slice(1).join(', ')}) were learnt along and are not validated.

## Data and licence
NIH ChestX-ray14 (Wang et al., CVPR 2017; link: nihcc.app.box.com/v/ChestXray-NIHCC; we thank the NIH Clinical Center). Use
unrestricted with attribution. Labels are mined from report text and partly wrong. Half of a target is the probability of a
published DenseNet-121 (J. Zech, reproduce-chexnet, BSD-3-Clause) on films that it was never trained on. The patients of
the 28 demonstration films were left out wherever the patient is known; for 984 films of the split \`train\` it is not.

## Method
Norm-free residual net (scaled weight standardisation, ELU), ${config.steps} steps of ${config.batch} films, AdamW, cosine rate, mix-up,
augmentation at 256 pixels, averaged weights. No test-time augmentation. All settings: \`training.json\`.

## How good it is
${evidence(input)}

${aucMarkdown(cv.table)}

Operating point: calibrated probability ≥ ${decision.threshold} (largest sensitivity + specificity on held-out films): sensitivity
${percent(decision.sensitivity)}, specificity ${percent(decision.specificity)} against all other films. Calibration error ${percent(decision.calibrationError)} at the data's share of
effusions (${percent(decision.prevalence)}); at another prevalence the probability is off. Threshold and calibration were chosen on the same held-out predictions, so these figures are slightly optimistic.

## Known confounding and limits
- View and label are confounded (AP films are of sicker patients): see the rows by view. The AUC of the score at telling AP from PA
  among films *without any finding* is ${cv.confounding['view AP against PA']?.toFixed(2) ?? 'unknown'} (0.50 would be unconfounded).
- The data come from four sources that look different. The score's AUC at telling \`train\` from the others among films without any
  finding: ${cv.confounding['source train against the others']?.toFixed(2) ?? 'unknown'}.
- The training films are all square (NIH squeezed them to 1024 × 1024). A film of another shape is letterboxed, not squeezed; the
  network has seen such proportions and black bars only as augmentation, and the figures above are of square films.
- The mixture of all sources flatters: \`train\` holds effusions and healthy films only, without other findings, which are harder to
  tell from effusions.
- Small effusions below 128-pixel resolution, lateral and paediatric films, and films from other hospitals were not tested.
- Patients of \`train\` are mostly unnamed and may stand in several folds; the row of patients that are certainly in one fold only is the
  safer figure.
`
}

/** docs/results/<name>.md: the same table with the commands that made it and what was checked beside it. */
export function resultsPage(input: CardInput): string {
  const { config, cv, note } = input
  const teacher = cv.besideTeacher
  const command = `simplebits train classifier --config models/${config.name}/training.json --out runs/${config.name}`
  const folds = cv.folds.map(({ fold, steps }) => `${command}/fold${fold} --set folds.held=${fold} --steps ${steps}`)
  return `# Results of ${config.name}
${note === null ? '' : `\n> ${note}\n`}
${evidence(input)}

${aucMarkdown(cv.table)}

Intervals: 95 %, 1000 resamplings of patients. *Ridge*: ridge regression on the model's picture at 32 × 32 pixels, same folds.

| does the score read something else? (AUC among films without any finding; 0.50 = no) | AUC |
|---|---|
${Object.entries(cv.confounding)
  .map(([name, value]) => `| ${name} | ${value.toFixed(3)} |`)
  .join('\n')}

On the ${teacher.films} effusion and no-finding films that the published DenseNet-121 (J. Zech, reproduce-chexnet) covers, it reaches ${teacher.teacher.toFixed(3)}, this model ${teacher.own.toFixed(3)}.

The held-out logits behind these figures, film by film: [predictions/${config.name}](predictions/${config.name}).

Made by, one command a fold and one for the shipped weights:

\`\`\`
${[...folds, ...(input.shipped.startsWith('fold') ? [] : [`${command}/${input.shipped}`])].join('\n')}
\`\`\`
`
}

/** Which films made the weights that are shipped: all of them, or those outside one fold. */
function shippedWeights({ config, cv, shipped }: CardInput): string {
  if (shipped.startsWith('fold'))
    return 'The shipped weights are those of this fold: they never saw the films measured here.'
  const sentence = `The shipped weights were trained on all these films for ${config.steps} steps`
  return cv.folds.some(({ steps }) => steps < config.steps)
    ? `${sentence}. **The folds are shorter trainings of the same recipe**: they show what the recipe does in fewer steps, on two thirds of the films; the shipped weights themselves cannot be measured on these films. Calibration and threshold come from the shorter trainings, too.`
    : `${sentence}, with the same recipe.`
}

function evidence(input: CardInput): string {
  const { config, cv } = input
  const trained = cv.folds.map(({ fold, steps }) => `fold ${fold} ${steps} steps`).join(', ')
  const all = cv.folds.length === config.folds.count
  return `Patient-wise cross-validation, ${cv.folds.length} of ${config.folds.count} folds (${trained}), ${cv.films} films that the scoring model never saw${
    all ? '' : '; **the remaining folds are not trained**'
  }. ${shippedWeights(input)}

${goals(cv.table)}`
}

/** What was aimed at, beside what was reached. */
const GOALS = [
  { against: 'no finding', auc: 0.83 },
  { against: 'all others', auc: 0.77 },
] as const

function goals(table: readonly AucRow[]): string {
  return GOALS.map(({ against, auc: goal }) => {
    const row = table.find((line) => line.group === 'all' && line.against === against)
    if (!row) return `Against ${against}: not measured.`
    const verdict = row.auc >= goal ? 'reached' : '**not reached**'
    return `Goal against ${against}: AUC ≥ ${goal}, ${verdict} (${row.auc.toFixed(3)}; ridge regression ${row.ridge.toFixed(3)}).`
  }).join(' ')
}

function aucMarkdown(rows: readonly AucRow[]): string {
  const lines = rows.map(
    ({ group, against, positives, negatives, auc, low, high, ridge }) =>
      `| ${group} | ${against} | ${positives} / ${negatives} | **${auc.toFixed(3)}** (${low.toFixed(3)}–${high.toFixed(3)}) | ${ridge.toFixed(3)} |`,
  )
  return [
    '| films | effusion against | positive / negative | AUC (95 %) | ridge |',
    '|---|---|---|---|---|',
    ...lines,
  ].join('\n')
}

const percent = (share: number): string => percentText(share, 1)
