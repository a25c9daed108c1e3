#!/usr/bin/env node
// CommonJS (see bin/package.json), because Node starts it 6 ms sooner than an ES module.
require('../dist/koo.cjs')
  .run(process)
  .then((code) => {
    process.exitCode = code
  })
