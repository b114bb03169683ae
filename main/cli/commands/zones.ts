import { Command } from 'commander'
import { requireFound } from '../found'
import { examples, failed } from '../options'
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
    .option('--json', 'a line of JSON a file: {file, zones, chestDoubt, area} or {file, error}', false)
    .addHelpText('after', examples('zones film.dcm', 'zones films/ --sheet out/outlines.png'))
    .action((paths: string[], options: ZonesOptions) => run(paths, options, output))
}

async function run(paths: readonly string[], { sheet, json }: ZonesOptions, output: Output): Promise<void> {
  const { composeZones } = await import('../../compose')
  const terminal = composeZones()
  let [files, sure, all] = [0, 0, 0]
  try {
    for await (const row of terminal.zones({ paths, sheet: sheet ?? null, signal: output.signal })) {
      files++
      if (json) output.data(JSON.stringify(row))
      if ('error' in row) {
        output.say(failed(row))
        output.fail()
        continue
      }
      all++
      if (row.zones.sure) sure++
      const { pictureLeft, pictureRight, reasons } = row.zones
      const confidence = [pictureLeft, pictureRight].map((lung) => lung.confidence.toFixed(2)).join(' / ')
      if (!json)
        output.data(
          [`${row.file}: ${row.zones.sure ? 'sure' : 'UNSURE'}, edges ${confidence}.`, ...reasons, row.chestDoubt ?? '']
            .join(' ')
            .trim(),
        )
    }
    requireFound(output, files)
    if (all > 0) output.say(`${sure} of ${all} films are sure.`)
  } finally {
    await terminal.close()
  }
}
