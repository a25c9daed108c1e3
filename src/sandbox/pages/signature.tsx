/** What became of a request's signature, in a word and in a sentence. */
import { Badge } from '../../web/parts.tsx'
import type { SignatureCheck, SignatureFault } from '../authentication.ts'

export const faultTitles: Readonly<Record<SignatureFault, string>> = {
  'no signature': 'No signature',
  malformed: 'Malformed',
  'unknown key': 'Unknown key',
  'swapped keys': 'Swapped keys',
  'not all signed': 'Header missing',
  'clock off': 'Clock off',
  'wrong signature': 'Wrong signature',
  replayed: 'Replayed',
  'other body': 'Other body',
}

export function SignatureBadge({ check }: { readonly check: SignatureCheck | undefined }) {
  if (check === undefined) return <Badge>Not looked at</Badge>
  if (check.is === 'verified') return <Badge tone="good">Verified</Badge>
  return <Badge tone="bad">{faultTitles[check.fault]}</Badge>
}
