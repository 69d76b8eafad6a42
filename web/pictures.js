// The page "Pictures".

import './components/site-header.js';
import { translatePage } from './texts/page.js';
import './maps/picture-lab.js';

await translatePage('maps');
