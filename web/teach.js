// The page "Teach".

import './components/site-header.js';
import { translatePage } from './texts/page.js';
import './teach/lesson-card.js';

await translatePage('teach');
