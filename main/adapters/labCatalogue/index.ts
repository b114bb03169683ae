export { labCatalogue, type CatalogueOptions } from './labCatalogue'
