export type { Deviation, GoldenCheck } from './deviation'
export { goldenChecks, topicOf } from './topics'
