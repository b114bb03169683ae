import pino from 'pino'
import type { Logger } from '../../ports'

/**
 * JSON lines through pino: to a file under the user's data where one is named (the app), else warnings to stderr (the
 * command line, whose stdout is data).
 */
export function createLogger(options: { file: string | null; level: string }): Logger {
  const target =
    options.file === null
      ? pino.destination({ dest: 2, sync: true })
      : pino.destination({ dest: options.file, mkdir: true, sync: false })
  // A full disk must not end the program for the sake of its log.
  target.on('error', () => undefined)
  const log = pino({ level: options.level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, target)
  return {
    debug: (fields, message) => log.debug(fields, message),
    info: (fields, message) => log.info(fields, message),
    warn: (fields, message) => log.warn(fields, message),
    error: (fields, message) => log.error(fields, message),
  }
}
