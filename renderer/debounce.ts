/** Calls `action` once, `milliseconds` after the last request; `flush` does a waiting call at once, `cancel` drops it. */
export function debounce(action: () => void, milliseconds: number): (() => void) & { flush(): void; cancel(): void } {
  let timer: ReturnType<typeof setTimeout> | null = null
  const run = () => {
    timer = null
    action()
  }
  const request = () => {
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(run, milliseconds)
  }
  const cancel = () => {
    if (timer !== null) clearTimeout(timer)
    timer = null
  }
  const flush = () => {
    if (timer === null) return
    cancel()
    action()
  }
  return Object.assign(request, { flush, cancel })
}
