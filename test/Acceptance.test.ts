import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"

const root = fileURLToPath(new URL("..", import.meta.url))
const text = readFileSync(join(root, "docs/acceptance.md"), "utf8")

/** Every named test file with its titles. */
const named = text
  .split("\n")
  .flatMap((line) => [...line.matchAll(/`(test\/[^`\s]+\.ts)`([^`]*(?:“[^”]*”[^`“]*)*)/g)])
  .flatMap(([, path = "", rest = ""]) => [...rest.matchAll(/“([^”]+)”/g)].map(([, title = ""]) => ({ path, title })))

const sources = new Map<string, string>()

/** Source without backslashes, so that escaped quotation marks match. */
const sourceOf = (path: string): string => {
  const known = sources.get(path)
  if (known !== undefined) return known
  const source = readFileSync(join(root, path), "utf8").replaceAll("\\", "")
  sources.set(path, source)
  return source
}

describe("docs/acceptance.md", () => {
  it("names tests that exist", () => {
    expect(named.length).toBeGreaterThan(100)
    const lacking = named.filter(
      ({ path, title }) =>
        !existsSync(join(root, path)) || !['"', "`"].some((mark) => sourceOf(path).includes(mark + title + mark))
    )
    expect(lacking).toEqual([])
  })

  it("names benches that exist", () => {
    const benches = readFileSync(join(root, "scripts/bench/main.ts"), "utf8")
    for (const [, name = ""] of text.matchAll(/npm run bench -- (\w+)/g))
      expect(benches).toMatch(new RegExp(`\\b${name}\\b`))
  })

  it("has a row for each of the 104 checks, and a heading for each of the ten criteria", () => {
    const rows = [...text.matchAll(/^\| ([\d, ]+) \|/gm)].flatMap(([, numbers = ""]) => numbers.split(",").map(Number))
    expect(rows).toEqual(Array.from({ length: 104 }, (_, index) => index + 1))
    expect([...text.matchAll(/^### (\d+)\. /gm)].map(([, number]) => Number(number))).toEqual(
      Array.from({ length: 10 }, (_, index) => index + 1)
    )
  })
})
