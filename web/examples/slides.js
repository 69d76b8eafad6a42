// reveal.js as its own documentation has it; an experiment trains when its slide is seen and rests
// when it is left.

// @ts-expect-error -- the site's build puts reveal.js there.
import Reveal from './reveal/reveal.js';

new Reveal({ hash: true, transition: 'none' }).initialize();
