// The page "Pictures".

import './components/site-header.js';
import { translatePage } from './texts/page.js';
import './story/picture-lab.js';

await translatePage('maps');
