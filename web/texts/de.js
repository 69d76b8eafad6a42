/** @type {Partial<import('./index.js').Texts>} */
export default {};
