export { foreignPlan, loadOwnModel } from './loadOwn'
