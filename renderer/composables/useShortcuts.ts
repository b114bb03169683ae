import { onMounted, onUnmounted } from 'vue'
import { useShell, type ViewName } from '../stores/shell'
import { useStage } from '../stores/stage'
import { keyOf, shortcutGroups, type Shortcut } from './shortcuts'

const byKey = (view: ViewName): ReadonlyMap<string, Shortcut> =>
  new Map(
    shortcutGroups
      .filter((group) => group.view === undefined || group.view === view)
      .flatMap((group) => group.shortcuts)
      .flatMap((shortcut) => shortcut.keys.map((key): [string, Shortcut] => [key, shortcut])),
  )
const tables = { workstation: byKey('workstation'), cohort: byKey('cohort'), lab: byKey('lab') }

const TEXT_FIELDS =
  'textarea, select, [contenteditable], input:not([type="range"]):not([type="radio"]):not([type="checkbox"])'

/** True where the key belongs to what has the focus: a text field, a menu or dialog, a button about to be pressed. */
function isTaken(key: string, target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.closest(`${TEXT_FIELDS}, .v-overlay`)) return true
  return key === ' ' && target.matches('button:focus-visible, [role="switch"], input')
}

/** Leads key presses to the table of shortcuts. */
export function useShortcuts(): void {
  const shell = useShell()
  const stage = useStage()

  function down(event: KeyboardEvent): void {
    const key = keyOf(event)
    const shortcut = tables[shell.view].get(key)
    if (!shortcut || event.altKey || event.defaultPrevented || isTaken(key, event.target)) return
    event.preventDefault()
    if (key !== ' ' || !event.repeat) shortcut.run(key)
  }

  function up(event: KeyboardEvent): void {
    if (event.key === ' ') stage.flicker = false
  }
  const endFlicker = () => (stage.flicker = false)

  onMounted(() => {
    window.addEventListener('keydown', down)
    window.addEventListener('keyup', up)
    window.addEventListener('blur', endFlicker)
  })
  onUnmounted(() => {
    window.removeEventListener('keydown', down)
    window.removeEventListener('keyup', up)
    window.removeEventListener('blur', endFlicker)
  })
}
