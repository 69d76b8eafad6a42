// Which colour, dash and mark a run has, as a slot 0 … 15 of plots/marks.js and the style sheet's
// --run-1 … --run-16.
//
// A start has one colour everywhere: in the lab, in links and embeds, and in the figures of the
// story pages. Eight families have a hue each, in two shades: slot s is the darker one, slot s + 8
// the lighter one.

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

/** Weights of a standard deviation up to this one are small, larger ones are large. */
const SMALL = 0.3;
/** The darker shade is for what is far from that limit. */
const VERY_SMALL = 0.03;
const VERY_LARGE = 3;

/**
 * Initializers by their names. LeCun's with half its gain or less is small, with twice its gain or
 * more large.
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

/** Standard deviation that a choice names. @param {Choice} init */
function sizeOf({ std, limit, low, high, value }) {
  if (std !== undefined) return std;
  const halfWidth = limit ?? (high !== undefined ? Math.max(Math.abs(high), Math.abs(low ?? 0)) : undefined);
  return halfWidth !== undefined ? halfWidth / Math.sqrt(3) : (value ?? VERY_SMALL / 3);
}

/**
 * Returns the slot of a start by itself.
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
 * Gives every run a slot of its own: that of its start, the other shade where a run before has it,
 * or any free one.
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
