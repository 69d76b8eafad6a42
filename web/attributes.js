// The attributes of <init-lab>.

/** Attributes that say what is trained. */
export const EXPERIMENT_ATTRIBUTES = ['preset', 'experiment', 'seed', 'predict'];

/** All attributes; the others say how the element looks and behaves. */
export const ATTRIBUTES = [...EXPERIMENT_ATTRIBUTES, 'hide', 'height', 'theme', 'autoplay'];
