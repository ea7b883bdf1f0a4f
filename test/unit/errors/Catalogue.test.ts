import { readdirSync, readFileSync } from "node:fs"
import { describe, expect, it } from "@effect/vitest"
import { Schema } from "effect"
import { AddressMalformed } from "../../../src/errors/Address.js"
import { entries, isFailure } from "../../../src/errors/Catalogue.js"
import { PoolExhausted } from "../../../src/errors/Database.js"
import { ScopeMissing } from "../../../src/errors/Micropub.js"
import { TaggedFailure } from "../../../src/errors/TaggedFailure.js"

/** What only the one who runs the site can know or do. */
const operatorWords =
  /STARPUNK_|SQLITE|\bWAL\b|\bSQL\b|\bstarpunk \w|\bserver\b|\bdisk\b|\bport\b|\bthe log\b|[\w.]\/\w+\.(db|js|ts)|node_modules|stack/i

describe("the catalogue", () => {
  it("gives every failure a unique code of the form area.reason", () => {
    const codes = entries.map(({ info }) => info.code)
    expect(new Set(codes).size).toBe(codes.length)
    for (const code of codes) expect(code).toMatch(/^[a-z_]+\.[a-z_]+$/)
  })

  it.each(entries)("$info.code is complete and consistent", ({ info }) => {
    expect(info.status).toBeGreaterThanOrEqual(400)
    expect(info.status).toBeLessThan(600)
    expect(info.message).not.toBe("")
    expect(info.suggestion).not.toBe("")
    expect(info.troubleshooting.length).toBeGreaterThan(0)
    if (info.retryAfter !== undefined) {
      expect(info.retryable).toBe(true)
      expect(info.retryAfter).toBeGreaterThan(0)
    }
    if (info.retryable) expect(info.retryAfter).toBeDefined()
    if (info.fault === "system") expect(info.operator?.troubleshooting.length).toBeGreaterThan(0)
  })

  it.each(entries)("$info.code tells visitors nothing that only the operator can use", ({ info }) => {
    for (const text of [info.message, info.suggestion, ...info.troubleshooting]) {
      expect(text).not.toMatch(operatorWords)
    }
  })

  it.each(entries)("$info.code names only commands that exist", ({ info }) => {
    const commands = (info.operator?.troubleshooting ?? []).flatMap((step) =>
      [...step.matchAll(/\bstarpunk (\w[\w-]*)/g)].map(([, command]) => command)
    )
    const existing = [
      "backup",
      "check-config",
      "config",
      "db",
      "doctor",
      "explain",
      "export",
      "healthcheck",
      "import",
      "media",
      "owner",
      "reindex",
      "restore",
      "serve",
      "sessions",
      "token"
    ]
    expect(existing).toEqual(expect.arrayContaining(commands))
  })

  it("has every class of failure in the files of src/errors", () => {
    const folder = new URL("../../../src/errors/", import.meta.url)
    const tags = readdirSync(folder).flatMap((file) =>
      [...readFileSync(new URL(file, folder), "utf8").matchAll(/^export class (\w+) extends/gm)].map(([, tag]) => tag)
    )
    expect(entries.map(({ tag }) => tag).toSorted()).toEqual(tags.toSorted())
  })

  it("does not compile without texts, or with a wrong example", () => {
    // @ts-expect-error: a class without `info`
    class WithoutTexts extends TaggedFailure<WithoutTexts>()("WithoutTexts", {}, {}) {}
    // @ts-expect-error: the example lacks a field
    const base = () => TaggedFailure<PoolExhausted>()("PoolExhausted", { size: Schema.Number }, {})
    expect([WithoutTexts, base]).toHaveLength(2)
  })

  it("recognises its failures, and no lookalikes", () => {
    for (const { example } of entries) expect(isFailure(example)).toBe(true)
    expect(isFailure({ _tag: "PageNotFound" })).toBe(false)
    expect(isFailure({ _tag: "toString" })).toBe(false)
    expect(isFailure(new Error("PageNotFound"))).toBe(false)
    expect(isFailure(undefined)).toBe(false)
  })

  it("describes the same tag differently for different data", () => {
    expect(new AddressMalformed({ reason: "too_long" }).info.status).toBe(414)
    expect(new AddressMalformed({ reason: "escape" }).info.status).toBe(400)
    const busy = new PoolExhausted({ pool: "writer", size: 1, waiting: 7, timeoutMillis: 250 }).info
    expect(busy.operator?.details).toContain("all 1 were in use and 7 callers were waiting")
  })

  it("shortens values from outside", () => {
    const info = new ScopeMissing({ needed: "create", given: ["x".repeat(5000)] }).info
    expect(info.troubleshooting.join("").length).toBeLessThan(200)
  })
})
