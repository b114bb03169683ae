import { dirname, resolve } from 'node:path'
import { Command } from 'commander'
import { closing } from '../closing'
import { examples } from '../options'
import { printRows } from '../rows'
import type { Output } from '../terminal'

interface ZonesOptions {
  readonly sheet?: string
  readonly json: boolean
}

export function zonesCommand(output: Output): Command {
  return new Command('zones')
    .description('lung fields and zones of films, how sure they are, and a picture of all outlines')
    .argument('<path...>', 'DICOM, PNG or JPEG files, or folders of them')
    .option('--sheet <file>', 'PNG with the outlines over every film; amber where they are unsure')
    .option('--json', 'one line of JSON per file: {file, zones, chestDoubt, area} or {file, error}', false)
    .addHelpText('after', examples('zones film.dcm', 'zones films/ --sheet out/outlines.png'))
    .action((paths: string[], options: ZonesOptions) => run(paths, options, output))
}

async function run(paths: readonly string[], { sheet, json }: ZonesOptions, output: Output): Promise<void> {
  const { composeZones, requireFolder } = await import('../../compose')
  if (sheet !== undefined) {
    output.makesFiles()
    // Before hundreds of films are looked through for it.
    await requireFolder(dirname(resolve(sheet)))
  }
  await closing(composeZones(), async (terminal) => {
    const found = await terminal.zones({
      paths,
      sheet: sheet === undefined ? null : resolve(sheet),
      signal: output.signal,
    })
    const sure: boolean[] = []
    await printRows(output, found, {
      json,
      seen: ({ zones }) => sure.push(zones.sure),
      text: ({ zones: { pictureLeft, pictureRight, reasons, sure }, chestDoubt }) => {
        const edges = [pictureLeft, pictureRight].map(({ confidence }) => confidence.toFixed(2)).join(' / ')
        return [`${sure ? 'sure  ' : 'UNSURE'}  edges ${edges}`, ...reasons, chestDoubt ?? ''].join('  ').trim()
      },
    })
    if (sure.length > 0) output.say(`${sure.filter(Boolean).length} of ${sure.length} films are sure.`)
    if (sheet !== undefined && output.signal.aborted) output.say('No sheet was written.')
  })
}
