import { nextTick } from 'vue'
import { useFinding } from '../stores/finding'
import { useShell } from '../stores/shell'
import type { KeyBinding } from './keyTable'

/** Opens the Finding tab with the focus on its first question, where number keys answer. */
async function toFinding(): Promise<void> {
  useShell().evidenceTab = 'finding'
  await nextTick()
  const first = '[data-testid="reader-name"] input, [data-testid="finding-effusion"] button[tabindex="0"]'
  document.querySelector<HTMLElement>(first)?.focus()
}

/** Keys for what the reader writes down. */
export const findingKeys: readonly KeyBinding[] = [
  { keys: ['n'], shown: ['N'], what: 'Write the finding (then 1, 2, 3 …)', run: () => void toFinding() },
  {
    keys: ['ctrl+enter'],
    shown: ['Ctrl ↵'],
    what: 'Save the finding and go to the next film',
    run: () => void (useShell().evidenceTab === 'finding' ? useFinding().giveAndNext() : toFinding()),
  },
]
