/** XML as events, without namespaces: a stream of bytes → elements and texts. */
import { SaxesParser } from 'saxes'

export type Attributes = Readonly<Record<string, string>>

/** Names of elements come without their prefix. */
export interface XmlHandler {
  open?(name: string, attributes: Attributes): void
  text?(text: string): void
  close?(name: string): void
}

/** Throws an Error where it is not well-formed, or the handler throws. Entities other than XML's own are not known. */
export async function readXml(bytes: AsyncIterable<Uint8Array>, handler: XmlHandler): Promise<void> {
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => handler.open?.(local(name), attributes))
  parser.on('text', (text) => handler.text?.(text))
  parser.on('cdata', (text) => handler.text?.(text))
  parser.on('closetag', ({ name }) => handler.close?.(local(name)))
  const decoder = new TextDecoder('utf-8', { fatal: true })
  for await (const chunk of bytes) parser.write(decoder.decode(chunk, { stream: true }))
  parser.write(decoder.decode()).close()
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}
