// Starts the thread that sets reports from TypeScript source: a worker thread inherits no loader, so it registers its own.
import { register } from 'tsx/esm/api'

register()
await import('./reportWorker.ts')
