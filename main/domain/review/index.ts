export { readersWhoGave } from './doubleReading'
export { BORDERLINE_MARGIN, queuesOf, type ReviewFacts } from './queues'
export { wrongness } from './wrongness'
