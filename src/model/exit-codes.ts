/** The exit codes: a promise to scripts. `koo help exit-codes` and the README print this table. */

export const exitCodes = {
  done: { code: 0, meaning: 'Done, or already so.' },
  findings: {
    code: 1,
    meaning:
      'Findings in the seller’s material, or the review rejected the product; with --exit-code, something differs or is to do.',
  },
  usage: { code: 2, meaning: 'Wrong usage: an unknown flag, a missing flag, a file that is not there.' },
  credentials: { code: 3, meaning: 'Credentials or rights: missing, wrong or refused.' },
  conflict: { code: 4, meaning: 'Conflict: the marketplace holds something else than what this would send.' },
  marketplace: { code: 5, meaning: 'The marketplace or the network failed; running it again may help.' },
  partly: {
    code: 6,
    meaning:
      'Partly done: of several products, some could not be published, or the time was up before all were begun (5 comes first where the marketplace failed).',
  },
  pending: { code: 7, meaning: 'Still in review when the wait ended.' },
  bug: { code: 70, meaning: 'A bug in koo.' },
  stopped: { code: 130, meaning: 'Stopped by the user.' },
} as const

export type ExitName = keyof typeof exitCodes
