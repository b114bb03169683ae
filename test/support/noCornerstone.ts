/** In the place of cornerstone-core, which touches the browser's window as soon as it is loaded. */
// eslint-disable-next-line import-x/no-default-export -- the package has one
export default {}
