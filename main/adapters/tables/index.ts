export { csvTables } from './csvTables'
export { readLabelTables, type LabelTables } from './labelTable'
