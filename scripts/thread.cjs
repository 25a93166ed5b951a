// Runs a bundled program in a thread, whose first argument names it.
'use strict';
require('./load.cjs').load(process.argv[2]);
