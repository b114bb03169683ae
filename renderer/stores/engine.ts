import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { AppInfo, EngineState } from '../../contract'
import { call } from '../api'

const backendWords: Record<string, string> = {
  'tensorflow-gpu': 'TensorFlow · GPU',
  tensorflow: 'TensorFlow · CPU',
  wasm: 'WebAssembly (slow)',
}

/** The state of the engine process and the facts about the program. */
export const useEngine = defineStore('engine', () => {
  const info = ref<AppInfo | null>(null)
  const state = ref<EngineState>({ state: 'starting' })
  const restarting = ref(false)

  const backend = computed(() =>
    state.value.state === 'ready' ? (backendWords[state.value.info.backend] ?? state.value.info.backend) : null,
  )
  const ready = computed(() => state.value.state === 'ready')

  async function load(): Promise<void> {
    info.value = await call('appInfo', null)
    state.value = info.value.engine
  }

  async function restart(): Promise<void> {
    restarting.value = true
    try {
      state.value = await call('restartEngine', null)
    } finally {
      restarting.value = false
    }
  }

  return { info, state, restarting, backend, ready, load, restart }
})
