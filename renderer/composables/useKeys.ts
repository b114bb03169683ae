import { onMounted, onUnmounted } from 'vue'
import { useShell, type ViewName } from '../stores/shell'
import { appliesIn, keyGroups, keyOf, type KeyBinding } from './keys'

const byKey = (view: ViewName): ReadonlyMap<string, KeyBinding> =>
  new Map(
    keyGroups
      .filter((group) => appliesIn(group, view))
      .flatMap((group) => group.bindings)
      .flatMap((binding) => binding.keys.map((key): [string, KeyBinding] => [key, binding])),
  )
const tables = { workstation: byKey('workstation'), cohort: byKey('cohort'), lab: byKey('lab'), film: byKey('film') }

/** Keys that do something while they are held. */
const held = keyGroups.flatMap(({ bindings }) => bindings).filter(({ release }) => release)

const TEXT_FIELDS =
  'textarea, select, [contenteditable], input:not([type="range"]):not([type="radio"]):not([type="checkbox"])'

/** True where the key belongs to what has the focus: a text field, a menu or dialog, a button about to be pressed. */
function isTaken(key: string, target: EventTarget | null): boolean {
  // A menu opened with the mouse leaves the focus on its button, but the keys are its own: Esc closes it and nothing else.
  if (document.querySelector('.v-overlay--active:is(.v-menu, .v-dialog)')) return true
  if (!(target instanceof HTMLElement)) return false
  if (target.closest(`${TEXT_FIELDS}, .v-overlay`)) return true
  return key === ' ' && target.matches('button:focus-visible, [role="switch"], input')
}

/** Leads key presses to the table of keys. */
export function useKeys(): void {
  const shell = useShell()

  function down(event: KeyboardEvent): void {
    const key = keyOf(event)
    const binding = tables[shell.view].get(key)
    if (!binding || event.altKey || event.defaultPrevented || isTaken(key, event.target)) return
    event.preventDefault()
    if (!event.repeat || !(binding.release || binding.once)) binding.run(key)
  }

  const up = (event: KeyboardEvent) => held.find(({ keys }) => keys.includes(event.key.toLowerCase()))?.release?.()
  const releaseAll = () => held.forEach((binding) => binding.release?.())

  onMounted(() => {
    window.addEventListener('keydown', down)
    window.addEventListener('keyup', up)
    window.addEventListener('blur', releaseAll)
  })
  onUnmounted(() => {
    window.removeEventListener('keydown', down)
    window.removeEventListener('keyup', up)
    window.removeEventListener('blur', releaseAll)
  })
}
