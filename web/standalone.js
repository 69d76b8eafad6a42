// The lab in one file: the page's script and its style sheet together.

import './styles/base.css';
import './lab.js';
