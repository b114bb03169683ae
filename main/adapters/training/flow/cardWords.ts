import { MODEL_SIZE } from '../../../../contract'
import { percentText } from '../../../domain/numbers'
import type { FlowTrainingConfig } from './trainingConfig'

/** What a model card says that depends on what the flow was trained on. */
interface CardWords {
  readonly title: string
  readonly use: string
  readonly input: string
  readonly licence: string
  readonly data: (trained: number) => string
  readonly moved: string
  readonly mixture: string
  readonly limits: readonly string[]
}

const NIH = `NIH ChestX-ray14 (Wang et al., CVPR 2017; link: nihcc.app.box.com/v/ChestXray-NIHCC; we thank the NIH Clinical Center). Use
unrestricted with attribution.`

export function cardWords(config: FlowTrainingConfig): CardWords {
  if (config.source === 'photos') return photos
  return config.flow.size === MODEL_SIZE ? films(config) : smallFilms(config)
}

function films({ folds, resampledShare, letterboxedShare }: FlowTrainingConfig): CardWords {
  const moved =
    resampledShare === 1
      ? 'turned, scaled and shifted, which smooths'
      : `shifted by whole pixels, so that their grain stays; ${percentText(resampledShare)} are turned and scaled too, which smooths`
  return {
    title: 'how many bits a chest radiograph holds',
    use: `A normalising flow (Glow) that gives the number of bits of a 128 × 128 grey picture under a model of frontal chest radiographs, and
their place in the picture (the bit map). The workstation uses it as the measure of simplicity. It says nothing about disease.`,
    input: 'Input: `model-input/1` (one linear window, 8 bits).',
    licence: 'trained on NIH ChestX-ray14, use unrestricted',
    data: (
      trained,
    ) => `${NIH} ${trained} films of 256 pixels; no patient of the demonstration films wherever the patient is known.
One patient-wise fold of ${folds} was held out and never trained on.`,
    moved: `Films are moved at 256 pixels
before they are reduced: ${moved}${letterboxedShare > 0 ? `; ${percentText(letterboxedShare)} come in another shape with black bars` : ''}. `,
    mixture: '',
    limits: [
      'NIH films only, which come as squares; films with black bars are made from them. Lateral views, children, CT or MR slices are outside of what it has seen.',
      'The two sources of films differ in sharpness (512- and 1024-pixel originals), and so in bits.',
    ],
  }
}

function smallFilms({ folds }: FlowTrainingConfig): CardWords {
  return {
    title: 'how many bits a small chest radiograph holds',
    use: `A normalising flow (Glow) that gives the number of bits of a 64 × 64 grey picture under a model of frontal chest radiographs: the
measure of simplicity in experiments of the training lab. It says nothing about disease.`,
    input: 'Input: `model-input/1` averaged to 64 pixels.',
    licence: 'trained on NIH ChestX-ray14, use unrestricted, and MedNIST, CC BY-SA 4.0',
    data: (trained) => `${NIH} Besides the labelled films, unlabelled 64-pixel radiographs
of the same origin from MedNIST (CC BY-SA 4.0). ${trained} films in all; unlabelled films that are copies of a
demonstration film (correlation at 32 × 32) are left out, and no patient of the demonstration films wherever the patient is known. One
patient-wise fold of ${folds} was held out; figures are those of its films that are surely not among the unlabelled ones.`,
    moved: '',
    mixture: '',
    limits: [
      'The patients of the unlabelled films are not known: some may be patients of held-out films in other films.',
    ],
  }
}

const photos: CardWords = {
  title: 'how many bits a small picture holds',
  use: `A normalising flow (Glow) that gives the number of bits of a 32 × 32 colour picture under a broad model of photos, digits and clothing:
the measure of simplicity in experiments of the training lab. Grey pictures have their channel three times.`,
  input: 'Input: 8-bit levels as they are.',
  licence: 'trained on CIFAR-10, MNIST and Fashion-MNIST',
  data: (
    trained,
  ) => `Photos: CIFAR-10 (Krizhevsky 2009). Digits: MNIST (LeCun, Cortes, Burges). Clothing: Fashion-MNIST (Xiao et al. 2017, MIT).
${trained} pictures; those that the experiments choose by and test on are held out.`,
  moved: '',
  mixture: `38 % are photos in colour, 15 % photos in grey, 15 % a digit beside clothing (a third of them with one half black), 20 % digits or
clothing alone, some dimmed, 12 % wholly or partly of one colour, so that blank pictures cost little. `,
  limits: [
    'A mixture of sources: bits of a photo and of a digit come from one model and may be compared, with the shares above in mind.',
    'Noise and stripes are not among what it was trained on.',
  ],
}
