import type { Logger } from '../../main/ports'

/** Writes nothing and remembers everything. */
export function quietLogger(): Logger & { readonly lines: string[] } {
  const lines: string[] = []
  const keep = (level: string) => (_: Record<string, unknown>, message: string) => {
    lines.push(`${level}: ${message}`)
  }
  return { lines, debug: keep('debug'), info: keep('info'), warn: keep('warn'), error: keep('error') }
}
