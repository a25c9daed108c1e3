/** Huge and hostile texts cost neither minutes nor the stack. */
import { expect, test } from '@jest/globals'
import { isExpression, licencesOf } from '../../src/sbom/licences.ts'
import { merge } from '../../src/sbom/merge.ts'
import { pomXml } from '../../src/sbom/read/maven.ts'

const pom = (text: string) => pomXml({ path: 'pom.xml', has: () => false, text: `<project>${text}</project>` })
const guava = '<dependency><groupId>g</groupId><artifactId> guava\n</artifactId><version>31</version></dependency>'

test('a licence of brackets is a name', () => {
  expect(licencesOf(['constructor'])).toEqual([expect.objectContaining({ name: 'constructor' })])
  expect(isExpression('('.repeat(1_000_000))).toBe(false)
  expect(isExpression(`${'('.repeat(490)}MIT${')'.repeat(490)}`)).toBe(true)
})

test.each(['<!--', '<dependency>', '<build>', '<profiles>', '<exclusions>'])('a pom.xml of %s', (mark) => {
  const start = performance.now()
  expect(pom(guava + mark.repeat(500_000)).packages).toHaveLength(1)
  expect(pom(`${guava}<dependency>${mark.repeat(200_000)}</dependency>`).packages).toHaveLength(1)
  pom(`<dependency><groupId>${' '.repeat(500_000)}x<</groupId></dependency>`)
  expect(performance.now() - start).toBeLessThan(10_000)
})

test('a pom.xml without what is not its own', () => {
  const other = guava.replace('guava', 'other')
  const profile = `<profiles><build>${other}</build>${other}</profiles>`
  const text = `<!-- ${other} -->${profile}<dependencyManagement>${other}</dependencyManagement>${guava}<build>${other}</build>`
  expect(pom(text).packages.map(({ name }) => name)).toEqual(['guava'])
})

test('a package that needs very many', () => {
  const ids = Array.from({ length: 150_000 }, (_, index) => `p${index}`)
  const packages = ids.map((id) => ({ id, type: 'npm' as const, name: id, version: '1' }))
  const whole = { id: 'whole', type: 'npm' as const, name: 'whole', version: '1', needs: ids.map((id) => [id]) }
  const { components, roots } = merge([{ path: 'x', scope: 'x', reading: { packages: [whole, ...packages] } }])
  expect(components).toHaveLength(150_001)
  expect(roots).toEqual(['pkg:npm/whole@1'])
})
