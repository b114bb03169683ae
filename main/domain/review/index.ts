export { describeTable, meaningsOf } from './describeTable'
export {
  canTakeBack,
  currentFindings,
  forReport,
  isSameFinding,
  nextVersion,
  readersWhoGave,
  visibleTo,
} from './doubleReading'
export { findingsCsv, type ReadCase } from './findingsCsv'
export { labelOf, matchLabels, stem, wordsOfCell, type LabelledFilm, type TextTable } from './labelRows'
export { BORDERLINE_MARGIN, queuesOf, type ReviewFacts } from './queues'
export { secondsLeft } from './timeLeft'
export { wrongness } from './wrongness'
