/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** @param {readonly Counts[]} parts @returns {Counts} */
export const sumCounts = (parts) =>
  parts.reduce(
    (sum, { passed, failed, skipped }) => ({
      passed: sum.passed + passed,
      failed: sum.failed + failed,
      skipped: sum.skipped + skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  )

/** The very last line of a run. @param {Counts} counts */
export const countsLine = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`

/** A suite that could not even be read, or ran nothing, counts as one failure. @param {Counts} counts @returns {Counts} */
const atLeastOne = (counts) => (counts.passed + counts.failed === 0 ? { ...counts, failed: 1 } : counts)

/**
 * @typedef {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests?: number,
 *   success?: boolean, testResults?: { status: string, assertionResults: { status: string }[] }[] }} VitestReport
 */

/**
 * Counts of Vitest's JSON report. A file that failed without a failed test in it (it did not load, a hook threw) counts
 * as a failure too.
 * @param {VitestReport | undefined} report
 * @returns {Counts}
 */
export function countVitest(report) {
  if (!report) return { passed: 0, failed: 1, skipped: 0 }
  const brokenFiles = (report.testResults ?? []).filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length
  return atLeastOne({
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles,
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
  })
}

/**
 * @typedef {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number }, errors?: unknown[] }}
 *   PlaywrightReport
 */

/**
 * Counts of Playwright's JSON report. What passed at the second try (tried in CI alone, playwright.config.ts) has passed;
 * `flakyPlaywright` names how many, so that it is not forgotten.
 * @param {PlaywrightReport | undefined} report @returns {Counts}
 */
export function countPlaywright(report) {
  if (!report) return { passed: 0, failed: 1, skipped: 0 }
  const { expected, unexpected, flaky, skipped } = report.stats
  return atLeastOne({ passed: expected + flaky, failed: unexpected + (report.errors?.length ?? 0), skipped })
}

/** How many passed only at the second try. @param {PlaywrightReport | undefined} report @returns {number} */
export const flakyPlaywright = (report) => report?.stats.flaky ?? 0

/** One command that either holds or does not. @param {number} exitCode @returns {Counts} */
export const countCommand = (exitCode) =>
  exitCode === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 }

/**
 * A runner's own exit code has the last word: where it failed and its report shows no failure, that is a failure.
 * @param {Counts} counts @param {number} exitCode @returns {Counts}
 */
export const withExitCode = (counts, exitCode) =>
  exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts
