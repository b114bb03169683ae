export { runShortcuts } from './runShortcuts'
