export { adoptOldFolder } from './oldFolder'
