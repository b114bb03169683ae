/** The 14 findings of NIH ChestX-ray14 in the order of the classifier's heads: the one the product asks about first. */
export const FINDINGS = [
  'Effusion',
  'Atelectasis',
  'Cardiomegaly',
  'Infiltration',
  'Mass',
  'Nodule',
  'Pneumonia',
  'Pneumothorax',
  'Consolidation',
  'Edema',
  'Emphysema',
  'Fibrosis',
  'Pleural_Thickening',
  'Hernia',
] as const

/** Side of the pictures that training starts from: twice what the model sees. */
export const TRAINING_SIDE = 256

export type Split = 'train' | 'train_hi' | 'test_hi' | 'test64'

/** One labelled radiograph for training. */
export interface TrainingFilm {
  readonly id: string
  readonly split: Split
  /** The film's own resolution: 64-pixel films are enlarged to `TRAINING_SIDE` and smoother than real ones. */
  readonly native: 64 | 256
  /** Estimated chance that the patient also stands in `train`, where most patients are not named; null for `train` itself. */
  readonly leakRisk: number | null
  /** Null where the data set does not say (most of `train`). */
  readonly patientId: string | null
  readonly view: 'PA' | 'AP' | null
  readonly sex: 'M' | 'F' | null
  readonly age: number | null
  readonly noFinding: boolean
  /** 1, 0 or null (unknown), in the order of `FINDINGS`. */
  readonly labels: readonly (0 | 1 | null)[]
  /** A published DenseNet-121's probabilities in the order of `FINDINGS`, where it was never trained on the film. */
  readonly teacher: readonly number[] | null
  /** Grey levels, row-major [256 · 256]. */
  readonly grey: Uint8Array
}
