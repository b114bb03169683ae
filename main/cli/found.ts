import type { Output } from './terminal'

/** What lay in the folders and was not read as a film. */
export function sayPassedOver(output: Pick<Output, 'say'>, skipped: number): void {
  if (skipped === 0) return
  const what = skipped === 1 ? '1 file or link' : `${skipped} files or links`
  output.say(
    `${what} in the folders skipped: no images, not named by the DICOMDIR there, or links to folders, which are not followed.`,
  )
}

/** A call that had nothing to do has failed, unless it was ended: a wrong folder must not look like a finished one. */
export function requireFound(output: Pick<Output, 'say' | 'fail' | 'signal'>, files: number): void {
  if (files > 0 || output.signal.aborted) return
  output.fail()
  output.say('No film was found there. Check the path.')
}

/** An empty queue is no failure, but nothing at all would look like one that was worked through. */
export function sayEmptyQueue(output: Pick<Output, 'say'>, cases: readonly unknown[]): void {
  if (cases.length === 0) output.say('No film in this queue.')
}
