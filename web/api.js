// The page "API reference": text only.

import './components/site-header.js';
