import { spawn } from "node:child_process"
import { chmodSync, chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { layerSilent } from "../../../layers/memory/Logger.js"
import { layer } from "../../../layers/postgres/pool/SqlPool.js"
import type { DatabaseAddress } from "../../../src/settings/DatabaseAddress.js"
import * as Postgres from "../../fixtures/Postgres.js"

const program = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer"].find((path) => existsSync(path))

/** PgBouncer in transaction mode in front of a database, until the scope ends. */
const pooler = (address: DatabaseAddress, more: ReadonlyArray<string>) =>
  Effect.map(
    Effect.acquireRelease(
      Effect.promise(async () => {
        const directory = mkdtempSync(join(tmpdir(), "starpunk-pooler-"))
        const { gid, uid } = Postgres.unprivilegedUser
        if (uid !== undefined && gid !== undefined) chownSync(directory, uid, gid)
        chmodSync(directory, 0o755)
        writeFileSync(join(directory, "users"), '"starpunk" ""\n')
        writeFileSync(
          join(directory, "pgbouncer.ini"),
          [
            "[databases]",
            `* = host=${address.host} port=${address.port}`,
            "[pgbouncer]",
            "pool_mode = transaction",
            "auth_type = trust",
            "auth_file = users",
            "listen_addr =",
            `unix_socket_dir = ${directory}`,
            "listen_port = 6432",
            ...more,
            ""
          ].join("\n")
        )
        const options = { cwd: directory, stdio: "ignore", ...Postgres.unprivilegedUser } as const
        const child = spawn(program ?? "", [join(directory, "pgbouncer.ini")], options)
        while (!existsSync(join(directory, ".s.PGSQL.6432"))) {
          if (child.exitCode !== null) throw new Error(`pgbouncer ended with ${child.exitCode}`)
          await new Promise((resolve) => setTimeout(resolve, 10))
        }
        return { child, directory }
      }),
      ({ child, directory }) =>
        Effect.promise(async () => {
          child.kill("SIGINT")
          await new Promise((resolve) => (child.exitCode === null ? child.once("close", resolve) : resolve(undefined)))
          rmSync(directory, { recursive: true, force: true })
        })
    ),
    ({ directory }): DatabaseAddress => ({ ...address, host: directory, port: 6432, user: "starpunk" })
  )

const refused = (more: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    const address = yield* pooler(yield* Postgres.address(), more)
    const failure = yield* Effect.flip(Effect.scoped(Layer.build(layer({ address })))).pipe(Effect.provide(layerSilent))
    expect(failure).toMatchObject({ _tag: "DatabaseOpenFailed", reason: "pooler" })
  })

describe.skipIf(Postgres.whyNot !== undefined || program === undefined)("behind PgBouncer in transaction mode", () => {
  it.scopedLive("a database is refused", () => refused([]))

  it.scopedLive("a database is refused, also if the pooler passes over what it does not know", () =>
    refused(["ignore_startup_parameters = lock_timeout,statement_timeout,idle_in_transaction_session_timeout,options"])
  )
})
