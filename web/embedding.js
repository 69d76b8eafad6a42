// The page "Embed": its one live example.

import './components/site-header.js';
import './init-lab.js';
