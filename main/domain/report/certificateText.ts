import {
  chosenPoint,
  filmActivationDistance,
  filmDistanceWords,
  isDecisionKept,
  limitWords,
  matchingDistanceOf,
  rivalName,
  type AuditRecord,
  type Certificate,
  type FurtherTests,
  type Rival,
  type Spread,
} from '../../../contract'
import { betterRivalText } from './betterRivalText'
import type { CaseReport, RivalLine, SpreadFact } from './caseReport'
import { decisionText } from './findings'
import { probabilityBeside } from './thresholdText'
import { decimalText, percentText, ratioText } from '../numbers'

const NOISE = 'random changes of less than one grey level'

/** The retention certificate in plain words, then its numbers. */
export function certificateText(record: AuditRecord): CaseReport['certificate'] {
  const { certificate } = record
  const { draws, repeatability } = certificate
  const searchLost = draws.kept === draws.of && !isDecisionKept(record)
  const betterRival = betterRivalText(record)
  const sentences = [
    draws.kept === draws.of
      ? `The decision was the same under all ${draws.of} noise draws, ${NOISE}${searchLost ? ', but not under every noise of the search' : ''}.`
      : `The decision was the same under only ${draws.kept} of ${draws.of} noise draws, ${NOISE}.`,
    repeatability === null
      ? 'The audit was not repeated from other seeds.'
      : `Repeated from ${repeatability.seeds.length} further seeds, of which ${repeatability.decisionsKept} kept the decision; the two least alike of all pictures correlate at ${decimalText(repeatability.pixelCorrelation, 2)}.`,
    ...(betterRival === null ? [] : [betterRival]),
    ...testSentences(record.tests),
  ]
  const { gradientDistance } = certificate
  const facts = [
    spreadFact('Logit difference', certificate.logitDifference),
    spreadFact('KL divergence, nats', certificate.kl),
    spreadFact('Activation distance', certificate.activationDistance),
    ...(gradientDistance === null ? [] : [spreadFact('Gradient distance', gradientDistance)]),
    ...(repeatability === null ? [] : [spreadFact('Bits over the seeds', repeatability.bits, 0)]),
  ]
  const distanceNote = `Activation distance${limitWords(record)}: ${filmDistanceWords(filmActivationDistance(record), 3)}.`
  return {
    sentences,
    facts,
    spreadNote: spreadNote(repeatability),
    distanceNote,
    ...layersOf(record),
  }
}

function spreadNote(repeatability: Certificate['repeatability']): string {
  const searches = repeatability === null ? '' : `; bits over the ${repeatability.seeds.length + 1} searches`
  return `Over the noise draws${searches}. SD: standard deviation; logit difference without sign.`
}

/** Weight randomisation and fresh classifier, where they were asked for. */
function testSentences(tests: FurtherTests | undefined): string[] {
  const sentences: string[] = []
  if (tests?.randomised) {
    const { shuffled, own, shuffledDistance, ownDistance } = tests.randomised
    const pair = (a: number, b: number) => `${decimalText(a, 2)} (${decimalText(b, 2)})`
    const [other, same] = [shuffled.detailCorrelation, own.detailCorrelation]
    const ofDetail =
      other === undefined || same === undefined ? '' : `the detail left correlates at ${pair(other, same)}, `
    sentences.push(
      `Searched again with the classifier’s weights shuffled: ${ofDetail}bit maps correlate at ${pair(shuffled.mapCorrelation, own.mapCorrelation)}, pixels at ${pair(shuffled.pixelCorrelation, own.pixelCorrelation)}, matching distance ${pair(shuffledDistance, ownDistance)}; in brackets two searches with its own weights, which should differ less.`,
    )
  }
  if (tests?.fresh) {
    const { model, threshold, film, simplified } = tests.fresh
    const says = (probability: number) => saying(probability, threshold)
    const same = film.decision === simplified.decision ? 'the same decision' : 'another decision'
    sentences.push(
      `A second classifier that never saw the search (${model.name}) says ${says(film.probability)} of the film and ${says(simplified.probability)} of the simplified picture: ${same}.`,
    )
  }
  return sentences
}

/** The figure is that of effusion, whatever the decision: “effusion” (0.300), “no effusion” (effusion 0.120). */
function saying(probability: number, threshold: number): string {
  const [decision, figure] = [decisionText(probability, threshold), probabilityBeside(probability, threshold)]
  return `“${decision}” (${decision === 'effusion' ? '' : 'effusion '}${figure})`
}

/** A chart has room for so many bars; deeper networks are shown block by block, or so many layers at a time. */
const MOST_BARS = 12
const LAYERS_NOTE =
  'Layer by layer, from the picture (top) to the decision (bottom); a block is a few layers, its bar their mean; later stages see more coarsely. Short bar: works on both pictures alike.'
const OWN_LAYERS_NOTE =
  'Parts of the classifier’s network by its own names (of a block its mean), from the picture (top) to the decision (bottom). Short bar: works on both pictures alike.'

type Layers = Certificate['layers']

/** The product's own networks are told in words; the parts of others have no names but those of their files. */
function layersOf({ certificate, own }: AuditRecord): Pick<CaseReport['certificate'], 'layers' | 'layersNote'> {
  const layers = layerDistances(certificate.layers)
  if (own) return { layers, layersNote: OWN_LAYERS_NOTE }
  return { layers: layers.map((layer) => ({ ...layer, name: layerWords(layer.name) })), layersNote: LAYERS_NOTE }
}

/** "stage0.block1" (`planLayers` of the engine) → "stage 1, block 2". */
function layerWords(name: string): string {
  const [, stage, block] = /^stage(\d+)\.block(\d+)$/.exec(name) ?? []
  if (stage !== undefined) return `stage ${Number(stage) + 1}, block ${Number(block) + 1}`
  return name === 'stem' ? 'first layers' : name === 'head' ? 'last layer' : name
}

function layerDistances(layers: Layers): CaseReport['certificate']['layers'] {
  if (layers.length <= MOST_BARS) return meansOf(layers, ({ name }) => name)
  const blocks = meansOf(layers, ({ name }) => name.replace(/(.)\.[^.]*$/, '$1'))
  if (blocks.length <= MOST_BARS) return blocks
  const size = Math.ceil(layers.length / MOST_BARS)
  return meansOf(layers, (_, i) => {
    const first = i - (i % size) + 1
    const last = Math.min(first + size - 1, layers.length)
    return first === last ? `layer ${last}` : `layers ${first}–${last}`
  })
}

function meansOf(layers: Layers, groupOf: (layer: Layers[number], index: number) => string) {
  const groups = new Map<string, number[]>()
  layers.forEach((layer, i) => {
    const group = groupOf(layer, i)
    groups.set(group, [...(groups.get(group) ?? []), layer.activationDistance])
  })
  return [...groups].map(([name, distances]) => ({
    name,
    distance: distances.reduce((sum, distance) => sum + distance, 0) / distances.length,
  }))
}

function spreadFact(label: string, spread: Spread, digits = 3): SpreadFact {
  const text = (value: number) => decimalText(value, digits)
  return {
    label,
    meanAndSd: `${text(spread.mean)} ± ${text(spread.sd)}`,
    range: text(spread.min) === text(spread.max) ? text(spread.min) : `${text(spread.min)} to ${text(spread.max)}`,
  }
}

/** The audit's own line, then what plain processing of about the same bits would have done; nothing where that was not measured. */
export function rivalLines(record: AuditRecord): RivalLine[] {
  if (record.rivals.length === 0) return []
  const own = matchingDistanceOf(record)
  const chosen = chosenPoint(record)
  const line = (name: string, rival: Omit<Rival, 'kind' | 'setting'>): RivalLine => ({
    name,
    bitsLeft: percentText(rival.figures.bits / record.original.bits),
    aboveFlat: percentText(rival.figures.aboveFlat),
    decision: decisionText(rival.figures.probability, record.threshold),
    probability: probabilityBeside(rival.figures.probability, record.threshold),
    kl: decimalText(rival.kl),
    matchingDistance: decimalText(rival.matchingDistance),
    ratio: ratioText(rival.matchingDistance, own),
    kept: rival.decisionKept,
  })
  const audit = line('This audit', {
    figures: record.simplified,
    decisionKept: isDecisionKept(record),
    kl: chosen?.kl ?? record.certificate.kl.mean,
    matchingDistance: own,
  })
  return [audit, ...record.rivals.map((rival) => line(rivalName(rival), rival))]
}

/** How the rivals' figures and colours are to be read. */
export function rivalsNote({ original }: Pick<AuditRecord, 'original'>): string {
  return `Decision in red and with *: another than on the film, or not the same under every noise draw. Matching distance: ${filmDistanceWords(original.matchingDistance, 3)}. Ratio: matching distance divided by that of this audit.`
}
