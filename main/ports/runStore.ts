import type { CurvePoint, ExperimentRun, SampleGrid } from '../../contract'

/** Where the run folders of experiments lie. The engine writes into them while it computes; this reads and ends them. */
export interface RunStore {
  /** Path of a run's folder, whether it is there or not. */
  folderOf(id: string): string
  /** All runs, the newest first; a folder that cannot be read is left out. */
  list(): Promise<ExperimentRun[]>
  /** @throws SimpleBitsError FILE_NOT_FOUND */
  read(id: string): Promise<ExperimentRun>
  /** Curves so far and the last pictures of every cell; `bundled` where the run came with the program and stays as it is. */
  details(id: string): Promise<{ run: ExperimentRun; points: CurvePoint[]; samples: SampleGrid[]; bundled: boolean }>
  /** Makes the folder of a run that has yet to begin. */
  create(run: ExperimentRun): Promise<void>
  /** Writes changed fields of `run.json`, whole or not at all. */
  change(id: string, fields: Partial<ExperimentRun>): Promise<ExperimentRun>
  remove(id: string): Promise<void>
}
