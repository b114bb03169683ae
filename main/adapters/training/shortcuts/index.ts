export { runShortcuts, type ShortcutRequest } from './runShortcuts'
