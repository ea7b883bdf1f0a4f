import { spawnSync } from "node:child_process"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterEach, beforeEach, describe, expect, it } from "vitest"

const root = fileURLToPath(new URL("../..", import.meta.url))

const node = (...args: ReadonlyArray<string>) => spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" })

const json = async (path: string) => JSON.parse(await readFile(join(root, path), "utf8"))

describe("what `npm ci` brings in", () => {
  let directory: string

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "starpunk-supply-"))
  })

  afterEach(() => rm(directory, { recursive: true, force: true }))

  /** What is found where the lock file, or package.json, says something else. */
  const findings = async (
    entry: Readonly<Record<string, unknown>>,
    manifest: Readonly<Record<string, unknown>> = {}
  ) => {
    const lock = await json("package-lock.json")
    const sound = { version: "1.0.0", integrity: "sha512-x", license: "MIT" }
    lock.packages["node_modules/stranger"] = { ...sound, ...entry }
    await writeFile(join(directory, "package-lock.json"), JSON.stringify(lock))
    await writeFile(join(directory, "package.json"), JSON.stringify({ ...(await json("package.json")), ...manifest }))
    return node("scripts/supply.mjs", directory).stderr
  }

  it("S9: has no package that an advisory names, and reports an affected one", async () => {
    expect(node("scripts/advisories.mjs")).toMatchObject({ status: 0, stderr: "" })
    const planted = [
      { id: "CVE-1", package: "effect", vulnerable: "<999.0.0", summary: "planted" },
      { id: "CVE-2", package: "preact", vulnerable: "<1.0.0", summary: "older only" }
    ]
    await writeFile(join(directory, "planted.json"), JSON.stringify(planted))
    const found = node("scripts/advisories.mjs", join(directory, "planted.json"))
    expect(found.status).toBe(1)
    expect(found.stderr).toMatch(/^effect \d+\.\d+\.\d+: CVE-1, planted; affected are <999\.0\.0\n/)
    expect(found.stderr).not.toContain("CVE-2")
  })

  it("S9: reads OSV records, and refuses an unreadable list", async () => {
    const record = (events: ReadonlyArray<Readonly<Record<string, string>>>) => ({
      id: "GHSA-x",
      summary: "planted",
      affected: [{ package: { ecosystem: "npm", name: "effect" }, ranges: [{ type: "SEMVER", events }] }]
    })
    const list = async (content: unknown) => {
      await writeFile(join(directory, "list.json"), JSON.stringify(content))
      return node("scripts/advisories.mjs", join(directory, "list.json"))
    }
    expect((await list(record([{ introduced: "0" }, { fixed: "999.0.0" }]))).stderr).toContain("GHSA-x")
    expect((await list([record([{ introduced: "999.0.0" }])])).status).toBe(0)
    expect((await list([record([{ introduced: "1.0.0" }, { last_affected: "2.0.0" }])])).status).toBe(0)
    expect((await list([{ id: "CVE-3", package: "effect", vulnerable: "newest" }])).stderr).toContain("CVE-3")
  })

  it("is valid", () => {
    expect(node("scripts/supply.mjs")).toMatchObject({ status: 0, stderr: "" })
  })

  it.each([
    ["an install script that nobody allowed", { hasInstallScript: true }, "would run a program"],
    ["a tarball from somewhere", { resolved: "https://evil.example/x.tgz" }, "comes from https://evil.example"],
    ["a content that is not pinned", { integrity: undefined }, "its content is not pinned by a hash"],
    ["a weak hash", { integrity: "sha1-x" }, "its content is not pinned by a hash"],
    ["another licence", { license: "GPL-3.0-only" }, "its licence is GPL-3.0-only"],
    ["no licence", { license: undefined }, "its licence is undefined"],
    ["a link", { link: true }, "is a link"]
  ])("reports %s", async (_, entry, finding) => {
    expect(await findings(entry)).toContain(`stranger: ${finding}`)
  })

  it("accepts a choice of licences, and any licence of a development package", async () => {
    expect(await findings({ license: "(MIT OR GPL-3.0-only)" })).not.toContain("stranger")
    expect(await findings({ license: "GPL-3.0-only", dev: true })).not.toContain("stranger")
  })

  it("reports a range of versions, and an allowance without need", async () => {
    const found = await findings({}, { dependencies: { stranger: "^1.0.0" }, allowScripts: { nobody: true } })
    expect(found).toContain("stranger: ^1.0.0 is no exact version")
    expect(found).toContain("nobody: may run a program, and has none")
    expect(found).toContain("better-sqlite3: would run a program")
  })

  it("the bill of materials is CycloneDX, and names exactly the packages that the site runs with", async () => {
    const target = join(directory, "sbom.cdx.json")
    expect(node("scripts/sbom.mjs", target)).toMatchObject({ status: 0 })
    const text = await readFile(target, "utf8")
    const bill = JSON.parse(text)
    expect(bill).toMatchObject({ bomFormat: "CycloneDX", specVersion: "1.5", version: 1 })
    const { dependencies, devDependencies, version } = await json("package.json")
    expect(bill.metadata.component).toMatchObject({ type: "application", name: "starpunk", version })
    const references = new Set<string>()
    for (const { "bom-ref": reference, name, purl, version } of bill.components) {
      expect(reference).toBe(`${name}@${version}`)
      expect(purl).toBe(`pkg:npm/${name.replace("@", "%40")}@${version}`)
      references.add(reference)
    }
    expect(references.size).toBe(bill.components.length)
    for (const [name, version] of Object.entries(dependencies)) expect(references).toContain(`${name}@${version}`)
    for (const name of ["vitest", "playwright-core", "typescript"]) {
      expect(references).not.toContain(`${name}@${devDependencies[name]}`)
    }
    for (const { dependsOn } of bill.dependencies) for (const one of dependsOn) expect(references).toContain(one)
    expect(text).not.toContain(root)
  })
})
