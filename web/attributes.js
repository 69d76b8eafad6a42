// The attributes of <init-lab>.

/** Attributes that define the experiment. */
export const EXPERIMENT_ATTRIBUTES = ['preset', 'experiment', 'seed', 'predict'];

/** All attributes; the others define the element's look and behaviour. */
export const ATTRIBUTES = [...EXPERIMENT_ATTRIBUTES, 'hide', 'height', 'theme', 'autoplay'];
