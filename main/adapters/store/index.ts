export { openLibsqlStore } from './libsqlStore'
export { folderKeys, throwAwayKeys } from './key'
export { adoptOldFolder } from './old'
