export type { Deviation, GoldenCheck } from './deviation'
export { checkPastTies, shareOfLimit } from './ties'
export { goldenChecks, topicOf } from './topics'
