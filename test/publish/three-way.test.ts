/** What sending would undo on the marketplace, and what comes of merging both sides. */
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { ManifestData } from '../../src/model/release.ts'
import { changesBetween } from '../../src/publish/changes.ts'
import { lostChanges, merged } from '../../src/publish/three-way.ts'
import { soundManifest } from './manifests.ts'

interface Told {
  readonly version?: string
  readonly overview?: string
  readonly highlights?: readonly string[]
  readonly specifications?: readonly unknown[]
}

const team = { name: 'Team', billing: 'yearly-monthly', price: 59 }
const business = { name: 'Business', billing: 'yearly-monthly', price: 229 }
const solo = { name: 'Solo', billing: 'buyout', price: 320 }

function manifest({ version, overview, highlights, specifications }: Told = {}): ManifestData {
  return {
    product: {
      version: version ?? 'V1.9',
      overview: overview ?? 'A CRM for freight forwarders.',
      highlights: highlights ?? ['Fast', 'Safe'],
    },
    delivery: { method: 'saas' },
    specifications: specifications ?? [team, business],
  }
}

const base = manifest()

describe('lost is', () => {
  test('nothing where nobody changed anything there', () => {
    expect(lostChanges(base, base, manifest({ overview: 'Mine.' }))).toEqual([])
  })

  test('a field changed there, with what is here instead', () => {
    const theirs = manifest({ overview: 'Theirs.' })
    expect(lostChanges(base, theirs, base)).toEqual([
      {
        path: '/product/overview',
        was: 'A CRM for freight forwarders.',
        becomes: 'Theirs.',
        here: 'A CRM for freight forwarders.',
      },
    ])
    expect(lostChanges(base, theirs, manifest({ overview: 'Mine.' }))).toMatchObject([{ here: 'Mine.' }])
  })

  test('nothing where the same is here already', () => {
    expect(lostChanges(base, manifest({ overview: 'New.' }), manifest({ overview: 'New.', version: 'V2.0' }))).toEqual(
      [],
    )
  })

  test('a price of a specification that stands elsewhere here', () => {
    const theirs = manifest({ specifications: [team, { ...business, price: 199 }] })
    const mine = manifest({ specifications: [business, solo, team] })
    expect(lostChanges(base, theirs, mine)).toMatchObject([
      { path: '/specifications/1/price', becomes: 199, here: 229 },
    ])
  })

  test('a specification removed there that is still here, and one added there that is not', () => {
    const theirs = manifest({ specifications: [team, solo] })
    expect(lostChanges(base, theirs, base)).toEqual([
      { path: '/specifications/1', becomes: solo, item: 'Solo' },
      { path: '/specifications/1', was: business, item: 'Business', here: business },
    ])
  })

  test('an order made there', () => {
    const theirs = manifest({ specifications: [business, team] })
    expect(lostChanges(base, theirs, manifest({ version: 'V2.0' }))).toMatchObject([
      { path: '/specifications', order: true, here: ['Team', 'Business'] },
    ])
    expect(lostChanges(base, theirs, manifest({ specifications: [business, solo, team] }))).toEqual([])
  })

  test('no highlight added there that is here among others', () => {
    const theirs = manifest({ highlights: ['Fast', 'Safe', 'Open'] })
    expect(lostChanges(base, theirs, manifest({ highlights: ['Open', 'Fast', 'Safe', 'Small'] }))).toEqual([])
    expect(lostChanges(base, theirs, manifest({ highlights: ['Fast', 'Safe', 'Small'] }))).toHaveLength(1)
  })

  test.each([
    ['V1.11', []],
    ['V2.0', []],
    ['V1.9', ['/product/version']],
    ['V1.2', ['/product/version']],
  ])('no version there (V1.10) where here is the later %s', (version, paths) => {
    const lost = lostChanges(base, manifest({ version: 'V1.10' }), manifest({ version }))
    expect(lost.map(({ path }) => path)).toEqual(paths)
  })
})

describe('merging', () => {
  test('takes the changes of both sides', () => {
    const theirs = manifest({ specifications: [team, { ...business, price: 199 }], highlights: ['Fast', 'Open'] })
    const mine = manifest({
      version: 'V2.0',
      specifications: [solo, team, business],
      highlights: ['Fast', 'Safe', 'Small'],
    })
    expect(merged(base, theirs, mine)).toEqual({
      manifest: manifest({
        version: 'V2.0',
        specifications: [solo, team, { ...business, price: 199 }],
        highlights: ['Fast', 'Open', 'Small'],
      }),
      both: [],
    })
  })

  test('keeps the order of the side that moved something in a list of texts', () => {
    const list = (highlights: readonly string[]) => manifest({ highlights })
    const [abc, cba] = [list(['a', 'b', 'c']), list(['c', 'b', 'a'])]
    const added = list(['a', 'b', 'c', 'd'])
    expect(merged(abc, added, cba)).toEqual({ manifest: list(['c', 'd', 'b', 'a']), both: [] })
    expect(merged(abc, cba, added)).toEqual({ manifest: list(['c', 'd', 'b', 'a']), both: [] })
    expect(merged(abc, list(['b', 'a', 'c']), cba)).toEqual({
      manifest: list(['b', 'a', 'c']),
      both: ['/product/highlights'],
    })
  })

  test('takes the marketplace’s and tells it where both changed a field', () => {
    const theirs = manifest({ overview: 'Theirs.', version: 'V1.10' })
    const { manifest: found, both } = merged(base, theirs, manifest({ overview: 'Mine.', version: 'V2.0' }))
    expect([found, both]).toEqual([manifest({ overview: 'Theirs.', version: 'V2.0' }), ['/product/overview']])
  })

  test('removes what was removed there, and tells it where it was changed here', () => {
    const mine = manifest({ specifications: [team, { ...business, price: 199 }] })
    expect(merged(base, manifest({ specifications: [team] }), mine)).toEqual({
      manifest: manifest({ specifications: [team] }),
      both: ['/specifications/1'],
    })
  })

  test('with one side unchanged gives the other', () => {
    fc.assert(
      fc.property(soundManifest, soundManifest, (before, after) => {
        expect(merged(before, after, before)).toEqual({ manifest: after, both: [] })
        expect(merged(before, before, after)).toEqual({ manifest: after, both: [] })
        expect(merged(before, after, after)).toEqual({ manifest: after, both: [] })
      }),
    )
  })

  test('leaves nothing to be lost', () => {
    fc.assert(
      fc.property(soundManifest, soundManifest, soundManifest, (before, theirs, mine) => {
        expect(lostChanges(before, theirs, merged(before, theirs, mine).manifest)).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  test('makes only changes one of the sides made', () => {
    fc.assert(
      fc.property(soundManifest, soundManifest, soundManifest, (before, theirs, mine) => {
        const made = new Set([...changesBetween(before, theirs), ...changesBetween(before, mine)].map(placeOf))
        const whole = (path: string) => [...made].some((each) => path.startsWith(each))
        for (const change of changesBetween(before, merged(before, theirs, mine).manifest)) {
          expect(whole(placeOf(change))).toBe(true)
        }
      }),
    )
  })
})

/** Positions move, so a place is told without them. */
function placeOf({ path }: { readonly path: string }): string {
  return path.replaceAll(/\/\d+/g, '')
}
