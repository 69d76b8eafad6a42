// The page "Maps".

import './components/site-header.js';
import { translatePage } from './texts/page.js';
import './story/phase-diagram.js';
import './story/rate-map.js';
import './story/luck-chart.js';

await translatePage('maps');
