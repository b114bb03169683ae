import type { FlowConfig } from '../../../../contract'
import { cardWords } from './cardWords'
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
    '| group | pictures | bits per dimension | 95 % interval |',
    '|---|---|---|---|',
    ...rows.map(
      ({ group, pictures, bpd, low, high }) =>
        `| ${group} | ${pictures} | ${bpd.toFixed(3)} | ${low.toFixed(3)} – ${high.toFixed(3)} |`,
    ),
  ].join('\n')

/** What the weights were made from, for the manifest. */
export function licenceOf(config: FlowTrainingConfig): string {
  return cardWords(config).licence
}

function architecture({ levels, steps, hidden, coupling }: FlowConfig): string {
  const each = (value: FlowConfig['steps']) => [value].flat().join(', ')
  const from = [steps, hidden].some(Array.isArray) ? ', from the finest level on' : ''
  return `Glow, ${levels} levels of ${each(steps)} steps, ${coupling} coupling, ${each(hidden)} hidden channels${from}.`
}

/** Whose weights it began with, where they were not random. */
function startOf({ startFrom }: FlowTrainingConfig): string {
  return startFrom === undefined ? '' : ` from the weights of \`${startFrom}\``
}

/** By which seed it drew pictures and noise, where that is not the seed that says what is held out. */
function drawsOf({ drawSeed }: FlowTrainingConfig): string {
  return drawSeed === undefined ? '' : ` (pictures and noise drawn by seed ${drawSeed})`
}

/** models/<flow>/MODEL_CARD.md; every figure is computed when the card is made. */
export function flowCard(input: CardInput): string {
  const { config, steps, trained, table, plain, mapError, command } = input
  const words = cardWords(config)
  return `# ${config.name}: ${words.title}

**Research use only – not for diagnosis.**

## Intended use
${words.use}

## Model
${architecture(config.flow)} ${words.input}
Weights in \`weights.safetensors\` in the exchange convention (kernels out, in, kh, kw).

## Data and licence
${words.data(trained)}

## Training
${steps} steps of ${config.batch} pictures${startOf(config)}, AdamW ${config.rate} with warm-up and cosine, averaged weights, seed ${config.seed}${drawsOf(config)}. ${words.moved}${(config.smoothedShare * 100).toFixed(1)} % of
the pictures are smoothed by a Gaussian of up to ${config.largestBlur} pixels, because a flow overcharges for smooth
pictures that it never saw – and simplified pictures are smooth. ${words.mixture}Command:

    ${command}

## Figures
Held-out pictures as they are, one seeded dequantisation noise each:

${tableOf(table)}

What plain pictures cost (first 64 held-out pictures):

${tableOf(plain)}

Largest deviation of a bit map's sum from its picture's bits: ${mapError.toExponential(1)} (relative).

## Limits
- Bits are a property of this model, not of the picture: another flow gives other numbers. Compare only within one model.
- A flat picture is not free (see the table): results therefore also give the *information above a flat or blank picture*.
${words.limits.map((limit) => `- ${limit}`).join('\n')}
`
}
