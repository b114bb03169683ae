/* eslint-disable @typescript-eslint/no-require-imports -- Electron 25 loads its default app as CommonJS */
/* global require, process, console */
/*
 * Goes into the fallback Electron as resources/default_app.asar and does what the official one does for a folder:
 * `electron [-r MODULE] FOLDER [arguments]` loads that folder as the app.
 */
const { app } = require('electron')
const fs = require('node:fs')
const Module = require('node:module')
const path = require('node:path')

const modules = []
let folder
for (let i = 1; i < process.argv.length && folder === undefined; i++) {
  const argument = process.argv[i]
  if (argument === '-r' || argument === '--require') modules.push(process.argv[++i])
  else if (!argument.startsWith('-')) folder = path.resolve(argument)
}
if (modules.length > 0) Module._preloadModules(modules)

if (folder === undefined) {
  console.error('usage: electron FOLDER')
  app.exit(2)
} else {
  const description = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'))
  process.defaultApp = true
  app.setVersion(description.version ?? '0.0.0')
  app.setName(description.productName ?? description.name)
  app.setAppPath(folder)
  Module._load(path.join(folder, description.main ?? 'index.js'), null, true)
}
