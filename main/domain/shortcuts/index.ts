export { shortcutTablesText } from './tables'
