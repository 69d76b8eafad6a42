import { language } from '../texts/language.js';

/** Returns the page's language as a part of a query; empty for English, the default. */
export const languageQuery = () => (language.tag === 'en' ? '' : `lang=${language.tag}`);
