// The texts of the maps and the other story figures.

import { wordsOf } from '../texts/page.js';

export const words = await wordsOf('maps');
