import type { ExperimentData } from '../../../contract'
import { naturalFiles } from './natural'
import { RADIOGRAPH_FILES } from './radiographs'

/** Files and folders that a set is read from, relative to the data folder. */
export function dataFilesOf(data: ExperimentData): readonly string[] {
  switch (data.set) {
    case 'digits':
    case 'clothing':
    case 'photos':
      return naturalFiles(data.set)
    case 'side-by-side':
      return [...naturalFiles('digits'), ...naturalFiles('clothing')]
    case 'blend':
      return [...naturalFiles('digits'), ...naturalFiles('photos')]
    case 'noise':
      return naturalFiles('digits')
    case 'stripes':
      return naturalFiles('photos')
    case 'radiographs':
      return RADIOGRAPH_FILES
    case 'png-folder':
    case 'dicom-folder':
      return [data.table, data.folder]
  }
}
