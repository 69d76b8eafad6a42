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
 * Families of initializers by name. Weights of at most `least` or at least `most` times the
 * family's own size are small or large instead. (Glorot with gain 4 is what sigmoid needs.)
 * @type {{ names: RegExp, family: typeof FAMILIES[number], least?: number, most?: number }[]}
 */
const NAMES = [
  { names: /zeros|constant/, family: 'constant' },
  {
    names: /he_|kaiming|randomized_asymmetric|zero_branch|fixup/,
    family: 'he',
    least: 0.5,
    most: 2,
  },
  { names: /glorot|xavier|keras_dense|sklearn/, family: 'glorot', least: 0.5, most: 5 },
  { names: /lsuv|formula|given/, family: 'lsuv' },
  { names: /orthogonal|identity/, family: 'orthogonal', least: 0.5, most: 2 },
  {
    names: /lecun|pytorch|linear|variance|flax|convnetjs|siren/,
    family: 'lecun',
    least: 0.5,
    most: 2,
  },
];

/** Standard deviations that apply unless the parameters give another. */
const USUAL = /** @type {Record<string, number>} */ ({
  normal: 1,
  uniform: 1 / Math.sqrt(3),
  playground: 0.5 / Math.sqrt(3),
});

/** Returns the standard deviation that a choice's parameters give. @param {Choice} init */
function sizeOf({ name, std, limit, low, high }) {
  if (std !== undefined) return std;
  const halfWidth = limit ?? (high !== undefined ? Math.max(Math.abs(high), Math.abs(low ?? 0)) : undefined);
  return halfWidth !== undefined ? halfWidth / Math.sqrt(3) : (USUAL[name] ?? SMALL);
}

/**
 * Returns the slot of a single start.
 * @param {Choice} init
 * @returns {number} 0 … 15
 */
export function slotOfStart(init) {
  const named = NAMES.find(({ names }) => names.test(init.name));
  const { gain = 1 } = init;
  const scaled = named !== undefined && (gain <= (named.least ?? -1) || gain >= (named.most ?? Infinity));
  const size = scaled ? gain * SMALL : sizeOf(init);
  const family = named && !scaled ? named.family : size <= SMALL ? 'small' : 'large';
  const light = {
    constant: init.name !== 'zeros',
    small: size >= VERY_SMALL,
    large: size < VERY_LARGE,
    he: init.name !== 'he_normal' || gain !== 1,
    glorot: init.name !== 'glorot_normal' || gain !== 1,
    lecun: init.name !== 'lecun_normal' || gain !== 1,
    orthogonal: init.name !== 'orthogonal' || gain !== 1,
    lsuv: init.name !== 'lsuv',
  };
  return FAMILIES.indexOf(family) + (light[family] ? SHADES : 0);
}

/** Slots for a third run of a family: hues that mean least first, the grey of zeros last. */
const SPARE = [7, 6, 5, 4, 2, 1, 3, 0].flatMap((slot) => [slot + SHADES, slot]);

/**
 * Assigns a different slot to every run: its start's slot, or the other shade if an earlier run has
 * that slot, or a slot that no start asks for.
 * @param {{ id: string, init: Choice }[]} runs
 * @returns {Map<string, number>} slots by the runs' ids
 */
export function slotsOf(runs) {
  /** @type {Map<string, number>} */
  const slots = new Map();
  const taken = new Set();
  const give = (/** @type {string} */ id, /** @type {number | undefined} */ slot) => {
    if (slot === undefined) return;
    taken.add(slot);
    slots.set(id, slot);
  };
  const own = runs.map(({ init }) => slotOfStart(init));
  // First to those whose slot is free, so that a third run of a family takes nobody's colour.
  runs.forEach(({ id }, r) => taken.has(own[r]) || give(id, own[r]));
  for (const [r, { id }] of runs.entries())
    if (!slots.has(id))
      give(
        id,
        [(own[r] + SHADES) % SLOTS, ...SPARE].find((slot) => !taken.has(slot)),
      );
  return slots;
}
