// Stands for packages that only developers of React need.
export default {}
