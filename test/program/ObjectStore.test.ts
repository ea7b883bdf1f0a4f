import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import * as ObjectStore from "../fixtures/ObjectStore.js"
import * as Samples from "../fixtures/Samples.js"
import { Program } from "./Program.js"

/** The shipped program and the commands of `docs/deployment/growing.md`. */
describe.skipIf(ObjectStore.whyNot !== undefined)("a site whose media move into an object store and back", () => {
  let bucket: ObjectStore.Bucket
  let site: Program
  let token: string
  let target: Record<string, string>
  let keys: string

  beforeAll(async () => {
    bucket = await Effect.runPromise(ObjectStore.bucket)
    keys = await mkdtemp(join(tmpdir(), "starpunk-keys-"))
    await writeFile(join(keys, "media-key"), `${ObjectStore.owner.accessKeyId}\n`)
    await writeFile(join(keys, "media-secret"), `${ObjectStore.owner.secretAccessKey}\n`)
    site = await Program.create({
      STARPUNK_MEDIA_ENDPOINT: bucket.endpoint,
      STARPUNK_MEDIA_ACCESS_KEY_ID_FILE: join(keys, "media-key"),
      STARPUNK_MEDIA_SECRET_ACCESS_KEY_FILE: join(keys, "media-secret")
    })
    target = { STARPUNK_MEDIA_URL: `s3://${bucket.bucket}/blog` }
    await site.start()
    const created = await site.run(["token", "create", "--scope", "create media"])
    token = created.stdout.trim()
  })

  afterAll(async () => {
    await site?.dispose()
    await rm(keys, { recursive: true, force: true })
  })

  const upload = async () => {
    const body = new FormData()
    body.append("file", new Blob([new Uint8Array(await Samples.photo())]), "sea.jpg")
    const headers = { authorization: `Bearer ${token}` }
    const answer = await fetch(`${site.url}/micropub/media`, { method: "POST", headers, body })
    expect(answer.status).toBe(201)
    return new URL(answer.headers.get("location") ?? "").pathname
  }

  const bytesOf = async (path: string) => {
    const answer = await fetch(`${site.url}${path}`)
    return [answer.status, Buffer.from(await answer.arrayBuffer()).toString("base64")]
  }

  it("keeps every address and every byte, there and back", async () => {
    const first = await upload()
    const before = await bytesOf(first)
    const moved = await site.run(["media", "move", "--to", target.STARPUNK_MEDIA_URL ?? ""])
    expect([moved.code, moved.stderr]).toEqual([0, expect.any(String)])
    expect(moved.stdout).toContain(`set STARPUNK_MEDIA_URL=${target.STARPUNK_MEDIA_URL} and start the server`)

    await site.stop()
    await rm(join(site.directory, "data", "media"), { recursive: true })
    await site.start(target)
    expect(await bytesOf(first)).toEqual(before)
    const second = await upload()
    expect((await Effect.runPromise(bucket.names)).some((name) => name.endsWith(second.slice("/media/".length)))).toBe(
      true
    )

    const doctor = await site.run(["doctor", "--json"], target)
    const { findings } = JSON.parse(doctor.stdout)
    expect(findings).toContainEqual(expect.objectContaining({ code: "media.store", severity: "ok" }))
    expect(findings.filter(({ severity }: { severity: string }) => severity === "fail")).toEqual([])
    expect((await site.run(["db", "check"], target)).code).toBe(0)
    const backup = await site.run(["backup", join(site.directory, "backup.tar"), "--force", "--json"], target)
    expect(JSON.parse(backup.stdout)).toMatchObject({ media: 0, media_elsewhere: target.STARPUNK_MEDIA_URL })
    const shown = await site.run(["config", "show"], target)
    expect(shown.stdout).toContain(target.STARPUNK_MEDIA_URL)
    expect(shown.stdout).not.toContain(ObjectStore.owner.secretAccessKey)

    const after = await bytesOf(second)
    const back = await site.run(["media", "move", "--to", join(site.directory, "data", "media"), "--json"], target)
    expect([back.code, JSON.parse(back.stdout).missing]).toEqual([0, []])
    await site.stop()
    await site.start()
    expect([await bytesOf(first), await bytesOf(second)]).toEqual([before, after])
  })

  it("refuses to start without the secret, and names it", async () => {
    const refused = await site.run(["check-config"], { ...target, STARPUNK_MEDIA_SECRET_ACCESS_KEY_FILE: "" })
    expect(refused.code).toBe(78)
    expect(refused.stdout + refused.stderr).toContain("STARPUNK_MEDIA_SECRET_ACCESS_KEY")
  })
})
