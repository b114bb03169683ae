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

const DROP_DOWNS = 'select, .v-select'

/** A menu opened with the mouse leaves the focus on its button, but the keys are its own: Esc closes it and nothing else. */
const hasOverlay = () => document.querySelector('.v-overlay--active:is(.v-menu, .v-dialog)') !== null

/** True where the key belongs to what has the focus: a text field, a menu or dialog, a button about to be pressed. */
function isTaken(key: string): boolean {
  if (hasOverlay()) return true
  const focused = document.activeElement
  if (!focused) return false
  if (focused.closest(`${TEXT_FIELDS}, .v-overlay`)) return true
  return key === ' ' && focused.matches('button:focus-visible, [role="switch"], input')
}

/** The drop-down that has the focus, if any. */
function focusedDropDown(): HTMLElement | null {
  const focused = document.activeElement
  return focused instanceof HTMLElement && focused.closest(DROP_DOWNS) ? focused : null
}

/** Leads key presses to the table of keys. */
export function useKeys(): void {
  const shell = useShell()
  /** The mouse was used last, and no key since. */
  let byMouse = false

  const press = () => (byMouse = true)

  /** A drop-down keeps the focus after a choice with the mouse, but the next letter is meant for the pictures, not for its list. */
  function letGo(event: KeyboardEvent): void {
    const isLetter = event.key.length === 1 && event.key !== ' ' && tables[shell.view].has(keyOf(event))
    const left = byMouse && isLetter && !hasOverlay() ? focusedDropDown() : null
    byMouse = false
    if (!left) return
    left.blur()
    event.stopPropagation()
    down(event)
  }

  function down(event: KeyboardEvent): void {
    const key = keyOf(event)
    const binding = tables[shell.view].get(key)
    if (!binding || event.altKey || event.defaultPrevented || isTaken(key)) return
    event.preventDefault()
    if (!event.repeat || !(binding.release || binding.once)) binding.run(key)
  }

  const up = (event: KeyboardEvent) => held.find(({ keys }) => keys.includes(event.key.toLowerCase()))?.release?.()
  const releaseAll = () => held.forEach((binding) => binding.release?.())

  onMounted(() => {
    window.addEventListener('pointerdown', press, true)
    window.addEventListener('keydown', letGo, true)
    window.addEventListener('keydown', down)
    window.addEventListener('keyup', up)
    window.addEventListener('blur', releaseAll)
  })
  onUnmounted(() => {
    window.removeEventListener('pointerdown', press, true)
    window.removeEventListener('keydown', letGo, true)
    window.removeEventListener('keydown', down)
    window.removeEventListener('keyup', up)
    window.removeEventListener('blur', releaseAll)
  })
}
