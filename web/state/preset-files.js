// All experiments that ship with the lab, in their order.

/** @type {Record<string, import('./presets.js').Preset>} */
const files = import.meta.glob(['../../src/js/experiments/*.json', '!../../src/js/experiments/claims.json'], {
  eager: true,
  import: 'default',
});

export const presets = Object.values(files)
  .filter((file) => Array.isArray(file.runs))
  .sort((a, b) => a.order - b.order);
