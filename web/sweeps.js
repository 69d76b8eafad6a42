// The page "Sweeps".

import './components/site-header.js';
import { translatePage } from './texts/page.js';
import './maps/factor-sweep.js';
import './maps/depth-profile.js';
import './maps/method-sweep.js';

await translatePage('maps');
