// The page "Sweeps".

import './components/site-header.js';
import { translatePage } from './texts/page.js';
import './story/factor-sweep.js';
import './story/depth-profile.js';
import './story/method-sweep.js';

await translatePage('maps');
