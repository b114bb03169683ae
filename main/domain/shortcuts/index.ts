export { cleanEnrichments, shortcutTables } from './tables'
