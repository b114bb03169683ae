import { onUnmounted, watch } from 'vue'

/** Addresses of pictures held as bytes, for `img`; let go when a picture is no longer in the list. */
export function usePictureUrls(pictures: () => readonly { readonly picture: Uint8Array }[]) {
  const urls = new Map<Uint8Array, string>()

  function release(kept: ReadonlySet<Uint8Array>): void {
    for (const [bytes, url] of urls) {
      if (kept.has(bytes)) continue
      URL.revokeObjectURL(url)
      urls.delete(bytes)
    }
  }

  watch(pictures, (now) => release(new Set(now.map(({ picture }) => picture))), { flush: 'post' })
  onUnmounted(() => release(new Set()))

  return (picture: Uint8Array): string => {
    const known = urls.get(picture)
    if (known) return known
    const url = URL.createObjectURL(new Blob([Uint8Array.from(picture)], { type: 'image/jpeg' }))
    urls.set(picture, url)
    return url
  }
}
