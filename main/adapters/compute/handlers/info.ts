import type { Handler } from '../handler'

export const info: Handler<'info'> = async (_, { backend, models }) => ({
  backend: backend.name,
  refused: [...backend.refused],
  threads: backend.threads,
  versions: { node: process.versions.node, ...backend.versions },
  models: await models.list(),
})
