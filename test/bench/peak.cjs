/** Loaded into a process by the bench: writes its peak memory, in KiB, to the file named by PEAK_FILE when it ends. */
process.once('exit', () => {
  require('node:fs').writeFileSync(process.env.PEAK_FILE, String(process.resourceUsage().maxRSS))
})
