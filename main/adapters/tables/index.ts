export { csvTables } from './csvTables'
