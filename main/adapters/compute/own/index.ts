export { ownPlan, loadOwnModel } from './loadOwn'
