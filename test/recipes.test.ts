/** The recipes of the README do what they say: their commands run in a seller's repository, and write what is read later. */
import { exec } from 'node:child_process'
import { mkdir, readFile, rename, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { edit, openShop, recipe, root, type Shop } from './e2e/koo.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
  await rename(join(shop.folder, 'examples'), join(shop.folder, 'products'))
  await edit(join(shop.folder, 'products/saas/koo.yaml'), 'version: V3.2', 'version: v3.2')
  const bin = join(shop.folder, 'node_modules/.bin')
  await mkdir(bin, { recursive: true })
  await symlink(join(root, 'bin/koo.js'), join(bin, 'koo'))
})
afterAll(() => shop.close())

/** As CI runs it: a shell in the repository, npx finding koo in node_modules. */
async function run(command: string) {
  const env = {
    PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
    HOME: shop.folder,
    GITHUB_STEP_SUMMARY: join(shop.folder, 'summary.md'),
    npm_config_offline: 'true',
  }
  return promisify(exec)(command, { cwd: shop.folder, env }).then(
    ({ stdout }) => ({ code: 0, stdout }),
    (error: { code: number; stdout: string }) => ({ code: error.code, stdout: error.stdout }),
  )
}

const written = (name: string) => readFile(join(shop.folder, name), 'utf8')

test('shell', async () => {
  const { code, stdout } = await run(recipe('shell'))
  expect(code).toBe(1)
  expect(stdout).toContain('6 manifests: 1 error')
  expect(await written('koo-junit.xml')).toContain('<testsuites')
})

test('GitHub Actions', async () => {
  const { jobs } = parse(recipe('github')) as {
    jobs: { koo: { steps: { run?: string; with?: { sarif_file?: string } }[] } }
  }
  const command = jobs.koo.steps.map((step) => step.run ?? '').find((each) => each.startsWith('npx koo')) ?? ''
  const { code, stdout } = await run(command)
  expect(code).toBe(1)
  expect(stdout).toMatch(/^::error file=products\/saas\/koo\.yaml,line=10,/)
  const sarif = jobs.koo.steps.flatMap((step) => step.with?.sarif_file ?? [])
  expect(JSON.parse(await written(sarif[0] ?? '')).version).toBe('2.1.0')
  expect(await written('summary.md')).toContain('version-form')
})

test('GitLab CI', async () => {
  const { koo } = parse(recipe('gitlab')) as {
    koo: { script: string[]; artifacts: { reports: { codequality: string; junit: string } } }
  }
  expect((await run(koo.script.find((each) => each.startsWith('npx koo')) ?? '')).code).toBe(1)
  expect(JSON.parse(await written(koo.artifacts.reports.codequality))).toHaveLength(1)
  expect(await written(koo.artifacts.reports.junit)).toContain('<testsuites')
})

test('pre-commit names a hook that is there', async () => {
  const { repos } = parse(recipe('pre-commit')) as { repos: { hooks: { id: string }[] }[] }
  const hooks = parse(await readFile(join(root, '.pre-commit-hooks.yaml'), 'utf8')) as { id: string; files: string }[]
  expect(hooks.map(({ id }) => id)).toEqual(repos[0]?.hooks.map(({ id }) => id))
  const files = new RegExp(hooks[0]?.files ?? '')
  expect(['koo.yaml', 'products/crm/koo.yml', 'a/koo.json'].every((each) => files.test(each))).toBe(true)
  expect(['taikoo.yaml', 'koo.config.yaml', 'koo.schema.json'].some((each) => files.test(each))).toBe(false)
})
