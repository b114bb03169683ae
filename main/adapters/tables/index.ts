export { csvTables } from './csvTables'
export { readLabelTables } from './labelTable'
