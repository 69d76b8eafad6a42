// temporary
import { readLink } from './table.js';
export const presets = [
  { id: 'four', title: 'Four starts on the flower', sentence: '', link: '' },
];
export const stateOf = (p) => readLink(p.link).state;
export const presetOf = () => presets[0];
export const presetTitle = (p) => p.title;
export const presetSentence = (p) => p.sentence;
