/**
 * Takes changes one by one and hands them on together: the first at once, what follows it within `milliseconds` at their end, of each
 * key the last. `flush` hands on what waits, `clear` forgets it.
 */
export function gathered<K, V>(take: (changes: ReadonlyMap<K, V>) => void, milliseconds: number) {
  let waiting = new Map<K, V>()
  let timer: ReturnType<typeof setTimeout> | undefined

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    if (waiting.size === 0) return
    const changes = waiting
    waiting = new Map()
    timer = setTimeout(flush, milliseconds)
    take(changes)
  }

  return {
    add(key: K, value: V): void {
      waiting.set(key, value)
      if (timer === undefined) flush()
    },
    flush,
    clear: (): void => waiting.clear(),
  }
}
