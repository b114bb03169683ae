export { openFolderStore } from './folderStore'
