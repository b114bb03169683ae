export { labCatalogue } from './labCatalogue'
