import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createRenderer } from 'vue'
import { caseId, type BatchState, type ErrorCode, type WorkstationEvent } from '../../../contract'
import { useEvents } from '../../../renderer/composables/useEvents'
import { useKeys } from '../../../renderer/composables/useKeys'
import { useBatch } from '../../../renderer/stores/batch'
import { useMarks } from '../../../renderer/stores/marks'
import { useNotices } from '../../../renderer/stores/notices'
import { useOpenCase } from '../../../renderer/stores/openCase'
import { useRemoving } from '../../../renderer/stores/removing'
import { useWorklist } from '../../../renderer/stores/worklist'
import { exampleSummary } from '../../support/windowSide'

const [one, two] = [caseId.parse('one'), caseId.parse('two')]

/** Draws nothing: for composables that live with a component. */
const { createApp } = createRenderer<object, object>({
  createElement: () => ({}),
  createText: () => ({}),
  createComment: () => ({}),
  insert: () => undefined,
  remove: () => undefined,
  setText: () => undefined,
  setElementText: () => undefined,
  patchProp: () => undefined,
  parentNode: () => null,
  nextSibling: () => null,
})

/** A window with one component, which only calls `composable`. Answers how the main side and the keyboard reach it. */
function mounted(composable: () => void) {
  let tell: (event: WorkstationEvent) => void = () => undefined
  const listeners = new Map<string, (event: unknown) => void>()
  const api = {
    call: async () => ({ ok: true, result: null }),
    onEvent(listener: typeof tell) {
      tell = listener
      return () => undefined
    },
  }
  vi.stubGlobal('window', {
    api,
    addEventListener: (name: string, listener: (event: unknown) => void) => listeners.set(name, listener),
  })
  createApp({
    setup() {
      composable()
      return () => null
    },
  }).mount({})
  return { tell: (event: WorkstationEvent) => tell(event), hear: (name: string) => listeners.get(name) }
}

beforeEach(() => {
  setActivePinia(createPinia())
  useWorklist().cases = [exampleSummary('one'), exampleSummary('two')]
  useOpenCase().caseId = two
})
afterEach(() => vi.unstubAllGlobals())

describe('an audit that ends without a result', () => {
  const fail = (id: typeof one, code: ErrorCode) => {
    const { tell } = mounted(useEvents)
    tell({ type: 'auditFailed', caseId: id, error: { code, message: 'It went wrong.' } })
    return useNotices().current
  }
  const batch: BatchState = {
    ...{ state: 'stopping', queue: 'all', preset: 'quick', total: 3, done: 0, failed: 0, skipped: 0 },
    ...{ current: one, secondsLeft: null },
  }

  it('names its film over another one, as a failure', () => {
    expect(fail(one, 'FILE_UNREADABLE')).toMatchObject({ kind: 'error', text: 'Film one: It went wrong.' })
  })

  it('needs no name over its own film', () => {
    expect(fail(two, 'FILE_UNREADABLE')).toMatchObject({ kind: 'error', text: 'It went wrong.' })
  })

  it('because it was ended is no failure', () => {
    expect(fail(two, 'CANCELLED')).toMatchObject({ kind: 'info', text: 'It went wrong.' })
  })

  it('because its queue was stopped is told by the queue alone', () => {
    useBatch().state = batch
    expect(fail(one, 'CANCELLED')).toBeNull()
  })

  it('is told of a queue’s film too when it fails', () => {
    useBatch().state = batch
    expect(fail(one, 'FILE_UNREADABLE')?.kind).toBe('error')
  })
})

describe('Del', () => {
  /** Something that has the focus: a text field answers to the words by which text fields are looked for. */
  class Focused {
    constructor(private readonly tag: string) {}
    closest(selector: string): Focused | null {
      return selector.split(/[,\s]+/).includes(this.tag) ? this : null
    }
    matches(): boolean {
      return false
    }
  }
  const ask = vi.fn(async () => undefined)
  const removeMeasurement = vi.fn()

  function press(tag: string, repeat = false): void {
    vi.stubGlobal('HTMLElement', Focused)
    vi.stubGlobal('document', { querySelector: () => null, activeElement: new Focused(tag) })
    useRemoving().ask = ask
    useMarks().removeMeasurement = removeMeasurement
    useWorklist().selectedId = one
    const event = { key: 'Delete', repeat, preventDefault: () => undefined }
    mounted(useKeys).hear('keydown')?.(event)
  }
  beforeEach(() => {
    ask.mockClear()
    removeMeasurement.mockClear()
  })

  it('asks for the removal of the selected case', () => {
    press('li')
    expect(ask).toHaveBeenCalledWith(expect.objectContaining({ id: one }))
  })

  it('takes the selected measurement first', () => {
    useMarks().selectedId = 7
    press('li')
    expect(removeMeasurement).toHaveBeenCalledWith(7)
    expect(ask).not.toHaveBeenCalled()
  })

  it('that is held does not go on to the case', () => {
    press('li', true)
    expect(ask).not.toHaveBeenCalled()
  })

  it.each(['textarea', '[contenteditable]', 'select'])(
    'belongs to what has the focus where text is written: %s',
    (tag) => {
      press(tag)
      expect(ask).not.toHaveBeenCalled()
    },
  )
})
