import type { Experiment, ExperimentRun, LabMissing } from '../../contract'

/** What the training lab can be asked for here. */
export interface LabCatalogue {
  /** Experiments that come with the product, by the names of their files. */
  templates(): Promise<readonly { readonly file: string; readonly experiment: Experiment }[]>
  /** Runs that were made elsewhere and come with the product: they tell what cells cost where nothing was measured here. */
  publishedRuns(): Promise<readonly ExperimentRun[]>
  /** What of an experiment's data or flow is not on this machine; null: all there. */
  missing(experiment: Experiment): Promise<LabMissing | null>
}
