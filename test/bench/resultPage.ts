import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { format } from 'prettier'
import { repository, type RunningWorkstation } from '../e2e/support/workstation'

/** What a measurement was made on, as a sentence. */
export async function machineText({ app }: RunningWorkstation): Promise<string> {
  const { versions, canvas } = await app.evaluate(({ app: electron }) => ({
    versions: process.versions,
    canvas: Reflect.get(electron.getGPUFeatureStatus(), '2d_canvas'),
  }))
  const processor = cpus()[0]?.model.trim() ?? 'unknown processor'
  return (
    `Measured on ${new Date().toISOString().slice(0, 10)} at commit ${commit()} with Electron ${versions['electron']} ` +
    `(Chromium ${versions['chrome']}), 2D canvas: ${String(canvas)}; ${cpus().length} × ${processor}; ` +
    `load average at the start ${(loadavg()[0] ?? 0).toFixed(1)}.`
  )
}

const commit = () => execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: repository, encoding: 'utf8' }).trim()

/** Writes docs/results/<name>.md. */
export async function writeResult(name: string, markdown: string): Promise<void> {
  writeFileSync(
    join(repository, 'docs/results', `${name}.md`),
    await format(markdown, { parser: 'markdown', printWidth: 120 }),
  )
}

/** A table in Markdown; the heading first. */
export function tableText(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...body.map(line)].join('\n')
}
