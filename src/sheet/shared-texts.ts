/** The texts of a workbook that its cells name by number; each may be in several formatted runs. */
import type { XmlHandler } from './xml.ts'

/** Collects the runs of one text, without the hints for pronouncing it. */
export class Runs implements XmlHandler {
  value = ''
  #isText = false
  #isPhonetic = false

  open(name: string): void {
    if (name === 't') this.#isText = !this.#isPhonetic
    else if (name === 'rPh') this.#isPhonetic = true
  }

  text(text: string): void {
    if (this.#isText) this.value += text
  }

  close(name: string): void {
    if (name === 't') this.#isText = false
    else if (name === 'rPh') this.#isPhonetic = false
  }
}

export class SharedTexts implements XmlHandler {
  readonly texts: string[] = []
  #runs = new Runs()

  open(name: string): void {
    if (name === 'si') this.#runs = new Runs()
    else this.#runs.open(name)
  }

  text(text: string): void {
    this.#runs.text(text)
  }

  close(name: string): void {
    if (name === 'si') this.texts.push(plainText(this.#runs.value))
    else this.#runs.close(name)
  }
}

/** `_x000D_` stands for a character XML has no place for. */
export function plainText(text: string): string {
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}
