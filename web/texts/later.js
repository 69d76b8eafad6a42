// Adds the English texts of parts that are loaded when needed. Each of these parts imports this
// file, so that the first view loads without their texts. Other languages are one file each.

import english from './en.js';
import later from './en-later.js';

Object.assign(english, later);
