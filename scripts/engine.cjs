// Set before anything is loaded, since what V8 keeps of compiled code is bound to its flags.
'use strict';
const { setFlagsFromString } = require('node:v8');

// A run is short and most of its code runs a few thousand times: left alone, V8's optimising compiler takes a third of
// the processor's time, on the cores that judge clusters. V8 complains aloud of flags that it does not know, and its
// flags change with its versions: those of Node 20 (11), 22 (12) and 24 (13) are known here.
const version = Number.parseInt(process.versions.v8, 10);
if (version === 11) setFlagsFromString('--interrupt-budget=200000');
if (version === 12 || version === 13) setFlagsFromString('--invocation-count-for-turbofan=18000');
if (version >= 11 && version <= 13) setFlagsFromString('--max-inlined-bytecode-size-cumulative=100');
// As go-regexp.ts sets it, which would be too late for the code that is kept.
setFlagsFromString('--enable-experimental-regexp-engine-on-excessive-backtracks');
