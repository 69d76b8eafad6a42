// The page "Notebook figures".

import './components/site-header.js';
import { translatePage } from './texts/page.js';
import './teach/notebook-figures.js';

await translatePage('notebook');
