export { writeAtomic } from './writeAtomic'
export { installedFolder } from './installedFolder'
