import { describe, expect, it } from "@effect/vitest"
import { Either, Redacted } from "effect"
import { parseDatabaseAddress } from "../../../src/settings/DatabaseAddress.js"

const read = (text: string) =>
  Either.map(parseDatabaseAddress(text), ({ password, ...rest }) => ({ ...rest, password: Redacted.value(password) }))

describe("the address of a database", () => {
  it.each([
    [
      "postgres://ada:s%40cret%2F%25@db.example:5433/blog",
      { host: "db.example", port: 5433, user: "ada", password: "s@cret/%", database: "blog", isEncrypted: true }
    ],
    ["postgresql://ada@localhost/blog", { host: "localhost", port: 5432, password: "", isEncrypted: false }],
    ["POSTGRES://ada@[::1]:80/blog", { host: "::1", port: 80, isEncrypted: false }],
    ["postgres://ada@[2001:db8::1]/blog", { host: "2001:db8::1", isEncrypted: true }],
    ["postgres://ada@/blog?host=/run/postgresql", { host: "/run/postgresql", isEncrypted: false }],
    ["postgres://ada@%2Frun%2Fpostgresql/my%20blog", { host: "/run/postgresql", database: "my blog" }],
    ["postgres://ada@127.0.0.1/blog?sslmode=verify-full", { host: "127.0.0.1", isEncrypted: true }],
    ["postgres://ada@127.0.0.1/blog?sslmode=disable", { isEncrypted: false }]
  ])("%s is read", (text, expected) => {
    expect(Either.getOrThrow(read(text))).toMatchObject(expected)
  })

  it.each([
    ["", "postgres://"],
    ["mysql://ada@host/blog", "postgres://"],
    ["postgres:blog", "postgres://"],
    ["postgres://ada@host:99999/blog", "not a valid address"],
    ["postgres://ada@host", "must name the database"],
    ["postgres://ada@host/", "must name the database"],
    ["postgres://ada@host/a/b", "one name"],
    ["postgres://host/blog", "must name the user"],
    ["postgres://ada:100%@host/blog", "%25"],
    ["postgres://ada:a#b@host/blog", ""],
    ["postgres://ada@host/blog?connect_timeout=3", "parameter"],
    ["postgres://ada@host/blog%00", "%00"]
  ])("%s is refused", (text, words) => {
    expect(Either.flip(read(text)).pipe(Either.getOrThrow)).toContain(words)
  })

  it.each(["allow", "prefer", "require", "verify-ca", "no-verify"])("sslmode=%s is refused by name", (mode) => {
    expect(Either.getOrThrow(Either.flip(read(`postgres://ada@db.example/blog?sslmode=${mode}`)))).toContain(
      `sslmode=${mode} is refused`
    )
  })

  it("a connection over the network is never without encryption, and no refusal repeats the password", () => {
    const refusals = ["postgres://ada:hunter2@db.example/blog?sslmode=disable", "postgres://ada:hunter2@h/b?x=hunter2"]
    for (const text of refusals) expect(Either.getOrThrow(Either.flip(read(text)))).not.toContain("hunter2")
    expect(Either.getOrThrow(Either.flip(read("postgres://ada@db.example/blog?sslmode=disable")))).toContain(
      "verify-full"
    )
  })
})
