export type { Deviation } from './deviation'
export { checkPastTies, shareOfLimit } from './ties'
export { goldenChecks, topicOf } from './topics'
