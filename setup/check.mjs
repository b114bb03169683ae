/** `npm run check`: all that CI runs, which is what `npm test` runs. */
import './test.mjs'
