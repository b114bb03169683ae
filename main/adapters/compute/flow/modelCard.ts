import type { BpdRow } from './figures'
import type { FlowTrainingConfig } from './trainingConfig'

interface CardInput {
  readonly config: FlowTrainingConfig
  readonly steps: number
  readonly trained: number
  readonly table: readonly BpdRow[]
  readonly plain: readonly BpdRow[]
  readonly mapError: number
  readonly command: string
}

const tableOf = (rows: readonly BpdRow[]) =>
  [
    '| group | films | bits per dimension | 95 % interval |',
    '|---|---|---|---|',
    ...rows.map(
      ({ group, films, bpd, low, high }) =>
        `| ${group} | ${films} | ${bpd.toFixed(3)} | ${low.toFixed(3)} – ${high.toFixed(3)} |`,
    ),
  ].join('\n')

/** models/<flow>/MODEL_CARD.md; every figure is computed when the card is made. */
export function flowCard(input: CardInput): string {
  const { config, steps, trained, table, plain, mapError, command } = input
  const { levels, steps: stepsPerLevel, hidden, coupling } = config.flow
  return `# ${config.name}: how many bits a chest radiograph holds

**Research use only – not for diagnosis.**

## Intended use
A normalising flow (Glow) that gives the number of bits of a 128 × 128 grey picture under a model of frontal chest radiographs, and
their place in the picture (the bit map). The workstation uses it as the measure of simplicity. It says nothing about disease.

## Model
Glow, ${levels} levels of ${stepsPerLevel} steps, ${coupling} coupling, ${hidden} hidden channels. Input: \`model-input/1\` (one linear window, 8 bits).
Weights in \`weights.safetensors\` in the exchange convention (kernels out, in, kh, kw).

## Data and licence
NIH ChestX-ray14 (Wang et al., CVPR 2017; link: nihcc.app.box.com/v/ChestXray-NIHCC; we thank the NIH Clinical Center). Use
unrestricted with attribution. ${trained} films of 256 pixels; no patient of the demonstration films wherever the patient is known.
One patient-wise fold of ${config.folds} was held out and never trained on.

## Training
${steps} steps of ${config.batch} films, AdamW ${config.rate} with warm-up and cosine, averaged weights, seed ${config.seed}. Films are moved at 256 pixels
before they are reduced; ${(config.smoothedShare * 100).toFixed(1)} % of the pictures are smoothed by a Gaussian of up to ${config.largestBlur} pixels, because a flow overcharges for smooth
pictures that it never saw – and the audit's counterparts are smooth. Command:

    ${command}

## Figures
Held-out films as they are, one seeded dequantisation noise each:

${tableOf(table)}

What plain pictures cost (first 64 held-out films):

${tableOf(plain)}

Largest deviation of a bit map's sum from its picture's bits: ${mapError.toExponential(1)} (relative).

## Limits
- Bits are a property of this model, not of the film: another flow gives other numbers. Compare only within one model.
- A flat picture is not free (see the table): the product therefore also gives the *information above a flat picture*.
- Square NIH films only. Letterboxed films, lateral views, children, CT or MR slices are outside of what it has seen.
- The two sources of films differ in sharpness (512- and 1024-pixel originals), and so in bits.
`
}
