#!/usr/bin/env node
// CommonJS (see bin/package.json), because Node starts it 6 ms sooner than an ES module.
function load() {
  try {
    return require('../dist/koo.cjs')
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error
    process.stderr.write('error: koo has not been built.\n  help: Run `npm run build` in its folder.\n')
    return { run: async () => 2 }
  }
}

load()
  .run(process)
  .then((code) => {
    process.exitCode = code
  })
