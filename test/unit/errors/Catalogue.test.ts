import { describe, expect, it } from "@effect/vitest"
import { entries, errorInfo, isFailure } from "../../../src/errors/Catalogue.js"
import { PoolExhausted } from "../../../src/errors/failure/Database.js"
import { AddressMalformed } from "../../../src/errors/failure/Http.js"
import { ScopeMissing } from "../../../src/errors/failure/Micropub.js"

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
      "owner",
      "reindex",
      "restore",
      "serve",
      "sessions",
      "token"
    ]
    expect(existing).toEqual(expect.arrayContaining(commands))
  })

  it("recognises its failures, and no lookalikes", () => {
    for (const { example } of entries) expect(isFailure(example)).toBe(true)
    expect(isFailure({ _tag: "PageNotFound" })).toBe(false)
    expect(isFailure({ _tag: "toString" })).toBe(false)
    expect(isFailure(new Error("PageNotFound"))).toBe(false)
    expect(isFailure(undefined)).toBe(false)
  })

  it("describes the same tag differently for different data", () => {
    expect(errorInfo(new AddressMalformed({ reason: "too_long" })).status).toBe(414)
    expect(errorInfo(new AddressMalformed({ reason: "escape" })).status).toBe(400)
    const busy = errorInfo(new PoolExhausted({ lane: "writer", size: 1, waiting: 7, timeoutMillis: 250 }))
    expect(busy.operator?.details).toContain("all 1 were in use and 7 callers were waiting")
  })

  it("shortens values from outside", () => {
    const info = errorInfo(new ScopeMissing({ needed: "create", given: ["x".repeat(5000)] }))
    expect(info.troubleshooting.join("").length).toBeLessThan(200)
  })
})
