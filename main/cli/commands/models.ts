import { Command } from 'commander'
import { examples } from '../options'
import type { Output } from '../terminal'
import { ownClassifierCommands } from './models/ownClassifiers'

export function modelsCommand(output: Output): Command {
  const models = new Command('models')
    .enablePositionalOptions()
    .description('the models of this installation and the sha256 of their weights')
    .option('--json', 'one line of JSON per model', false)
    .addHelpText('after', examples('models', 'models --json'))
    .action((options: { json: boolean }) => run(options, output))
  for (const command of ownClassifierCommands(output)) models.addCommand(command)
  return models
}

async function run({ json }: { json: boolean }, output: Output): Promise<void> {
  const { listModels } = await import('../../compose')
  const { models, refused } = await listModels()
  for (const model of models)
    output.data(
      json ? JSON.stringify(model) : `${model.name}  ${model.kind}  ${model.sha256.slice(0, 12)}  ${model.description}`,
    )
  for (const { name, error } of refused) output.say(`${name}: ${error.code}: ${error.message}`)
  if (refused.length > 0) output.fail()
}
