/** Calls `action` once, `milliseconds` after the last request; `flush` does a waiting call at once. */
export function debounce(action: () => void, milliseconds: number): (() => void) & { flush(): void } {
  let timer: ReturnType<typeof setTimeout> | null = null
  const run = () => {
    timer = null
    action()
  }
  const request = () => {
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(run, milliseconds)
  }
  const flush = () => {
    if (timer === null) return
    clearTimeout(timer)
    run()
  }
  return Object.assign(request, { flush })
}
