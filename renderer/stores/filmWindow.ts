import { defineStore } from 'pinia'
import { ref } from 'vue'
import { call } from '../api'
import { useNotices } from './notices'

/** Whether the film has a window of its own, for a second screen. */
export const useFilmWindow = defineStore('filmWindow', () => {
  const notices = useNotices()
  const open = ref(false)
  const toggle = () => notices.attempt(() => call('showFilmWindow', { open: !open.value }))
  return { open, toggle }
})
