import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it, vi } from 'vitest'
import { caseId, DEFAULT_SETTINGS, SimpleBitsError, type EngineState } from '../../../contract'
import { useEngine } from '../../../renderer/stores/engine'
import { useExplaining } from '../../../renderer/stores/explaining'
import { useNotices } from '../../../renderer/stores/notices'
import { useOpenCase } from '../../../renderer/stores/openCase'
import { useSettings } from '../../../renderer/stores/settings'
import { mainSide } from '../../support/windowSide'

const ready: EngineState = {
  state: 'ready',
  info: { backend: 'wasm', refused: [], threads: 1, versions: {}, models: [] },
}
const refuse = (): never => {
  throw new SimpleBitsError('WRITE_FAILED', 'The disk is full.')
}

beforeEach(() => setActivePinia(createPinia()))

it('the window starts with the settings that the main side starts with', () => {
  expect(useSettings().values).toEqual(DEFAULT_SETTINGS)
  expect(DEFAULT_SETTINGS.seed).toBe(0)
})

it('a layout that cannot be kept is told, not lost', async () => {
  mainSide({ setSettings: refuse })
  const settings = useSettings()
  settings.remember('split', 0.4)
  settings.saveWaiting()
  await vi.waitFor(() => expect(useNotices().current?.text).toBe('The disk is full.'))
})

it('a comparison that cannot be cancelled says so', async () => {
  const one = caseId.parse('one')
  mainSide({ explainCase: () => new Promise(() => undefined), cancelExplain: refuse })
  useEngine().state = ready
  useOpenCase().caseId = one
  const explaining = useExplaining()
  void explaining.explain()
  await explaining.cancel()
  expect(useNotices().current?.text).toBe('The disk is full.')
})
