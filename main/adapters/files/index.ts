export { writeAtomic } from './writeAtomic'
export { userDataFolder } from './userDataFolder'
export { installedFolder } from './installedFolder'
