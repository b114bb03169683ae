import { onMounted, onUnmounted, ref } from 'vue'
import { pathOfFile } from '../api'
import { useImporting } from '../stores/importing'

/** Files and folders dropped anywhere on the window are imported; `over` is true while something is held above it. */
export function useDrop() {
  const importing = useImporting()
  const over = ref(false)
  const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false

  function hover(event: DragEvent): void {
    if (!hasFiles(event)) return
    event.preventDefault()
    over.value = true
  }

  function leave(event: DragEvent): void {
    if (event.relatedTarget === null) over.value = false
  }

  function drop(event: DragEvent): void {
    if (!hasFiles(event)) return
    event.preventDefault()
    over.value = false
    const files = [...(event.dataTransfer?.files ?? [])]
    void importing.bring(files.map((file) => pathOfFile(file)))
  }

  onMounted(() => {
    window.addEventListener('dragover', hover)
    window.addEventListener('dragleave', leave)
    window.addEventListener('drop', drop)
  })
  onUnmounted(() => {
    window.removeEventListener('dragover', hover)
    window.removeEventListener('dragleave', leave)
    window.removeEventListener('drop', drop)
  })

  return over
}
