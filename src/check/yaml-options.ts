/** How manifests are read as YAML, wherever they are. */
import type { DocumentOptions, ParseOptions, SchemaOptions } from 'yaml'

/** YAML 1.2 whatever a directive says, with the merge keys of 1.1; keys are texts as written, tags have no use. */
export const yamlOptions: DocumentOptions & ParseOptions & SchemaOptions = {
  schema: 'core',
  merge: true,
  stringKeys: true,
  resolveKnownTags: false,
  // Checked in `aliases.ts`, faster.
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'error',
}
