import { language } from '../texts/language.js';

/** The language that the page speaks, as a query has it; nothing for English. */
export const spoken = () => (language.tag === 'en' ? '' : `lang=${language.tag}`);
