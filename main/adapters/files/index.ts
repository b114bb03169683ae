export { writeAtomic } from './writeAtomic'
