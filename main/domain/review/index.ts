export { describeTable, meaningsOf } from './describeTable'
export {
  aboutOf,
  canTakeBack,
  currentFindings,
  forReport,
  isSameFinding,
  nextVersion,
  readersWhoGave,
  saysTheSame,
  visibleTo,
} from './doubleReading'
export { findingsCsv, type ReadCase } from './findingsCsv'
export { labelOf, matchLabels, stem, wordsOfCell, type LabelledFilm, type TextTable } from './labelRows'
export { marksVisibleTo, marksWith } from './readersMarks'
export { BORDERLINE_MARGIN, queuesOf, type ReviewFacts } from './queues'
export { secondsLeft } from './timeLeft'
