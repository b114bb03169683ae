import { percentText } from '../../../domain/numbers'
import type { SimplifierMetrics } from './packageSimplifier'
import type { SimplifierTrainingConfig } from './trainingConfig'

/** models/<simplifier>/MODEL_CARD.md; every figure is computed when the run ends. */
export function simplifierCard(input: {
  readonly config: SimplifierTrainingConfig
  readonly metrics: SimplifierMetrics
  readonly command: string
}): string {
  const { config, metrics, command } = input
  const { bpd, bitsLeft, decisionKept, probabilityMoved, films, trained, steps } = metrics
  const blur = config.blur === undefined ? '' : `; its change is added to the film blurred by ${config.blur} pixels`
  return `# ${config.name}: an instant estimate of a film's counterpart

**Research use only – not for diagnosis.**

## Intended use
Shows, as soon as a film is open, roughly what \`${config.classifier}\` uses of it, until the audit has searched for the film itself. It is an
estimate: it comes without a certificate and is replaced by the audit's result.

## Model
Residual U-Net in logit space (Schirrmeister et al. 2022), ${config.width} channels at 128 × 128, three halvings${blur}. Output is rounded to 8 bits.

## Data and licence
NIH ChestX-ray14 (Wang et al., CVPR 2017; link: nihcc.app.box.com/v/ChestXray-NIHCC; we thank the NIH Clinical Center). Use
unrestricted with attribution. ${trained} films of 256 pixels; no patient of the demonstration films wherever the patient is known; one
patient-wise fold of ${config.folds} held out. No labels are used.

## Training
${steps} steps of ${config.batch} films, Adam ${config.rate}, seed ${config.seed}: the audit's own objective (matching distance + ${config.klWeight} · KL + ${config.pressure} · bits per pixel) over
many films at once, with \`${config.classifier}\` and \`${config.flow}\` held fixed. Command:

    ${command}

## Figures
On ${films} held-out films (medians):

| | |
|---|---|
| bits per dimension of the film | ${bpd.film.toFixed(2)} |
| bits per dimension of its instant counterpart | ${bpd.counterpart.toFixed(2)} |
| bits left | ${percentText(bitsLeft)} |
| decision kept | ${percentText(decisionKept)} |
| change of the probability | ${probabilityMoved.toFixed(3)} |

## Limits
- It belongs to these weights of classifier and flow; the product refuses it with others.
- It knows square NIH films. On other films its estimate is worse, and the audit says so.
`
}
