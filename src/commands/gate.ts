/** Stand-in until the gate is merged. */
import type { FoundSecret } from '../gate/secrets.ts'
import type { FramedDiagnostic } from '../model/diagnostic.ts'
import type { ScanReport } from '../model/scan-report.ts'
import type { World } from '../ports.ts'
import type { Product } from '../publish/product.ts'
export type ScanMode = 'auto' | 'require' | 'off'
export const scanModeOf = (text: string | undefined): ScanMode => (text ?? 'auto') as ScanMode
export async function passGate(
  _w: World,
  _p: Product,
  _paths: readonly string[],
  _m: ScanMode,
): Promise<{ reports: readonly ScanReport[]; diagnostics: readonly FramedDiagnostic[] }> {
  return { reports: [], diagnostics: [] }
}
export function secretDiagnostics(product: Product, found: readonly FoundSecret[]): readonly FramedDiagnostic[] {
  return found.map(({ path, line, what }) =>
    product.place({ code: 'package-secret', path: '/delivery/package/files', message: `${path}:${line} ${what}` }),
  )
}
