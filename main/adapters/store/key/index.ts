export { folderKeys } from './folderKeys'
export { throwAwayKeys } from './throwAwayKeys'
