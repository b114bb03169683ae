/** A set-up step that cannot go on; the message says what happened and the one thing to do. */
export class SetupError extends Error {
  /** @param {string} message @param {{ cause?: unknown }} [options] */
  constructor(message, options) {
    super(message, options)
    this.name = 'SetupError'
  }
}

/** A command line that was not understood: nothing was done. */
export class UsageError extends SetupError {}
