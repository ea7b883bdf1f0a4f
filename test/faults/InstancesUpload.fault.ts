import { readdirSync, utimesSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { Effect, Exit, Redacted, Scope } from "effect"
import { expect, it } from "vitest"
import { fileNamesOf, parseFileName } from "../../src/domain/media/Media.js"
import { type DatabaseAddress, writeDatabaseAddress } from "../../src/settings/DatabaseAddress.js"
import * as ObjectStore from "../fixtures/ObjectStore.js"
import * as Postgres from "../fixtures/Postgres.js"
import { png } from "../fixtures/Samples.js"
import { faultSite } from "./FaultSite.js"
import { readable } from "./Oracle.js"
import { recordWith, skipIfLacking } from "./Row.js"
import { type Moment, stoppingStore } from "./StoppingStore.js"

const name = "kill -9 at each step of an upload into an object store"

const moments: ReadonlyArray<Moment> = ["arrives", "half", "answered"]

/** Lets the note of an upload stand after its record: its removal waits, and the 201 with it. */
const holdEnds = [
  "CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(600); RETURN OLD; END'",
  "CREATE TRIGGER hold BEFORE DELETE ON media_work FOR EACH ROW EXECUTE FUNCTION hold()"
]
const letEnds = ["DROP TRIGGER hold ON media_work", "DROP FUNCTION hold()"]
const endConnections =
  "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"

const ask = (address: DatabaseAddress, statement: string) => Effect.runPromise(Postgres.fromOutside(address, statement))

it(name, { timeout: 600_000 }, async (context) => {
  const lacks = [Postgres.whyNot, ObjectStore.whyNot].filter((reason) => reason !== undefined)
  await skipIfLacking(context, name, lacks)
  const scope = await Effect.runPromise(Scope.make())
  const address = await Effect.runPromise(Scope.extend(Postgres.address("empty"), scope))
  const bucket = await Effect.runPromise(ObjectStore.bucket)
  const store = await stoppingStore(bucket.endpoint)
  const { program, witness } = await faultSite({
    STARPUNK_DATABASE_URL: writeDatabaseAddress(address, Redacted.value),
    STARPUNK_MEDIA_URL: `s3://${bucket.bucket}/blog`,
    STARPUNK_MEDIA_ENDPOINT: store.endpoint,
    STARPUNK_MEDIA_REGION: "us-east-1",
    STARPUNK_MEDIA_ACCESS_KEY_ID: ObjectStore.owner.accessKeyId,
    STARPUNK_MEDIA_SECRET_ACCESS_KEY: ObjectStore.owner.secretAccessKey
  })
  const photo = new Uint8Array(await png(700, 500))
  const incoming = join(program.directory, "data", "media", ".incoming")
  let kills = 0
  const kill = async () => {
    expect(await program.stop("SIGKILL")).toBe(null)
    kills++
    store.resume()
  }
  try {
    for (const moment of moments) {
      for (let serial = 1; ; serial++) {
        await program.start()
        const stopped = store.stopAt(serial, moment).then(() => "stopped" as const)
        const upload = witness.upload(photo)
        const first = await Promise.race([stopped, upload])
        if (first !== "stopped") {
          // The upload has fewer requests.
          expect(first.status).toBe(201)
          await program.stop()
          store.resume()
          expect(serial, "requests of an upload").toBeGreaterThan(2)
          break
        }
        await kill()
        expect((await upload).status).toBe(0)
      }
    }
    const records = async () => (await ask(address, "SELECT name FROM media")).length
    await program.start()
    for (const statement of holdEnds) await ask(address, statement)
    const before = await records()
    const upload = witness.upload(photo)
    while ((await records()) === before) await wait(5)
    await kill()
    expect((await upload).status).toBe(0)
    await ask(address, endConnections)
    for (const statement of letEnds) await ask(address, statement)

    const left = await ask(address, "SELECT id FROM media_work")
    expect(left.length, "work that kills have left").toBeGreaterThan(2)
    // A day later.
    await ask(address, `UPDATE media_work SET started_at = started_at - ${2 * 86_400_000}`)
    for (const folder of readdirSync(incoming)) utimesSync(join(incoming, folder), 1, 1)
    await program.start()
    const work = async () => (await ask(address, "SELECT id FROM media_work")).length + readdirSync(incoming).length
    while ((await work()) > 0) await wait(50)
    const recovered = await witness.writesAgain()
    await witness.upload(photo)

    await recordWith(
      witness,
      {
        kind: "Process",
        fault: name,
        ends: "the next start; what is left of an upload is removed a day later",
        times: kills,
        kills,
        recovered,
        log: program.log
      },
      async () => {
        await readable(program, witness, 20)
        const files = (await ask(address, "SELECT name FROM media")).map((row) => String(row.name))
        const objects = files.flatMap((file) => {
          const parsed = parseFileName(file)
          return parsed === undefined ? [] : fileNamesOf(parsed).map((each) => `blog/${each.slice(0, 2)}/${each}`)
        })
        const names = await Effect.runPromise(bucket.names)
        expect(names, "objects in the bucket, and files of records").toEqual(objects.toSorted())
        return { acknowledged: witness.acknowledged.length, stored: files.length }
      }
    )
  } finally {
    store.close()
    await program.dispose()
    await Effect.runPromise(Scope.close(scope, Exit.void))
  }
})
