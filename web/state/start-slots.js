// Assigns a colour, dash and mark to each run, as a slot 0 … 15 of plots/marks.js and the style
// sheet's --run-1 … --run-16.
//
// A start has one colour everywhere: in the lab, in links and embeds, and in the figures of the
// story pages. Eight families of starts have a hue each, in two shades: slot s is the darker shade,
// slot s + 8 the lighter one.

/** @typedef {import('./codec.js').Choice} Choice */

const SHADES = 8;
/** Number of slots. */
export const SLOTS = 2 * SHADES;

/**
 * The families, in the order of their hues: grey, purple, ochre, green, teal, blue-green, olive,
 * pink.
 */
const FAMILIES = /** @type {const} */ ([
  'constant',
  'small',
  'large',
  'he',
  'glorot',
  'lecun',
  'orthogonal',
  'lsuv',
]);

/** Weights with at most this standard deviation are small, others are large. */
const SMALL = 0.3;
/** The darker shade marks standard deviations far from that limit. */
const VERY_SMALL = 0.03;
const VERY_LARGE = 3;

/**
 * Slots of initializers by name. LeCun's initializer with at most half its gain counts as small,
 * with at least twice its gain as large.
 * @type {[RegExp, typeof FAMILIES[number]][]}
 */
const NAMES = [
  [/zeros|constant/, 'constant'],
  [/he_|kaiming/, 'he'],
  [/glorot|xavier/, 'glorot'],
  [/lsuv|formula|given/, 'lsuv'],
  [/orthogonal|identity/, 'orthogonal'],
  [/lecun|pytorch|linear|variance/, 'lecun'],
];

/** Returns the standard deviation that a choice's parameters give. @param {Choice} init */
function sizeOf({ std, limit, low, high, value }) {
  if (std !== undefined) return std;
  const halfWidth = limit ?? (high !== undefined ? Math.max(Math.abs(high), Math.abs(low ?? 0)) : undefined);
  return halfWidth !== undefined ? halfWidth / Math.sqrt(3) : (value ?? VERY_SMALL / 3);
}

/**
 * Returns the slot of a single start.
 * @param {Choice} init
 * @returns {number} 0 … 15
 */
export function slotOfStart(init) {
  const [, named] = NAMES.find(([pattern]) => pattern.test(init.name)) ?? [];
  const scaled = named === 'lecun' && init.gain !== undefined && Math.abs(Math.log2(init.gain)) >= 1;
  const size = scaled ? init.gain * SMALL : sizeOf(init);
  const family = named && !scaled ? named : size <= SMALL ? 'small' : 'large';
  const light = {
    constant: init.name !== 'zeros',
    small: size >= VERY_SMALL,
    large: size < VERY_LARGE,
    he: /uniform/.test(init.name),
    glorot: /uniform/.test(init.name),
    lecun: /uniform|pytorch|linear/.test(init.name),
    orthogonal: (init.gain ?? 1) !== 1,
    lsuv: init.name !== 'lsuv',
  };
  return FAMILIES.indexOf(family) + (light[family] ? SHADES : 0);
}

/**
 * Assigns a different slot to every run: its start's slot, or the other shade if an earlier run has
 * that slot, or any free slot.
 * @param {{ id: string, init: Choice }[]} runs
 * @returns {Map<string, number>} slots by the runs' ids
 */
export function slotsOf(runs) {
  /** @type {Map<string, number>} */
  const slots = new Map();
  const taken = new Set();
  const all = Array.from({ length: SLOTS }, (_, slot) => slot);
  for (const { id, init } of runs) {
    const own = slotOfStart(init);
    const slot = [own, (own + SHADES) % SLOTS, ...all].find((each) => !taken.has(each)) ?? own;
    taken.add(slot);
    slots.set(id, slot);
  }
  return slots;
}
