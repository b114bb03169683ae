export { openFolderStore } from './folderStore'
export { readLabelTables } from './labelTable'
export { resultFiles } from './resultFiles'
export { bundledCases, type BundledCase } from './bundledCases'
