// The six lessons as data: their experiments and the runs that a learner ranks. Their words are
// texts of the table `teach`.

import claims from '../../src/js/experiments/claims.json';

const links = new Map(claims.map(({ id, link }) => [id, link]));

/**
 * @typedef {object} Lesson
 * @property {string} id the texts' keys begin with `lesson.<id>`
 * @property {number} minutes
 * @property {string} link the experiment's link
 * @property {[string, string]} more links of the two follow-ups
 */

/** Returns the link of an experiment from the file of claims. @param {string} id */
const claim = (id) => links.get(id) ?? '';

/** @type {Lesson[]} */
export const LESSONS = [
  {
    id: 'smaller',
    minutes: 10,
    link: 'preset=exercise-5',
    more: ['preset=smaller-is-later', claim('moderate')],
  },
  { id: 'zeros', minutes: 10, link: claim('symmetry'), more: ['preset=zeros', claim('zeros-sigmoid')] },
  { id: 'depth', minutes: 15, link: claim('deep'), more: [claim('shallow'), claim('start-deep')] },
  {
    id: 'framework',
    minutes: 15,
    link: claim('framework'),
    more: [claim('framework-shallow'), claim('framework-deep')],
  },
  { id: 'adam', minutes: 10, link: claim('adam'), more: [claim('momentum'), 'preset=adam-against-small'] },
  { id: 'large', minutes: 15, link: claim('lottery'), more: [claim('slower'), 'preset=dying-relu'] },
];
