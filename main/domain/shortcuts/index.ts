export { cleanPeaks, shortcutTables } from './tables'
