import { createHash } from "node:crypto"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { gunzipSync } from "node:zlib"
import { Effect, Redacted } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { codeAt } from "../../src/domain/login/OneTimeCode.js"
import { png } from "../fixtures/Samples.js"
import { OwnerAtHome, passphrase } from "./OwnerAtHome.js"
import { Program } from "./Program.js"

const healthToken = "canary-of-health-5b1f0d7a93"
const verifier = "canary-of-the-verifier-0123456789-abcdefghijklmnop"
const state = "canary-of-the-state-7c61e2"
const elsewhere = "canary-of-another-site-0123456789-abcdefghijk"
const clientId = "http://localhost:18322/"
const redirectUri = "http://localhost:18322/callback"

/** Encodings of a secret that may occur in output. */
const guises = (secret: string): ReadonlyArray<string> => {
  const bytes = Buffer.from(secret)
  return [
    secret,
    encodeURIComponent(secret),
    bytes.toString("hex"),
    // Without its ends, which depend on the surrounding bytes.
    ...[0, 1, 2].map((shift) =>
      Buffer.concat([Buffer.alloc(shift), bytes])
        .toString("base64")
        .slice(4, -4)
    ),
    ...[0, 1, 2].map((shift) =>
      Buffer.concat([Buffer.alloc(shift), bytes])
        .toString("base64url")
        .slice(4, -4)
    )
  ]
}

/** An output, and its content. */
interface Output {
  readonly where: string
  readonly text: string
}

describe.each(["json", "pretty"])("secrets of a site that logs as %s", (format) => {
  let directory: string
  let site: Program
  const secrets = new Map<string, string>()
  const outputs: Array<Output> = []

  const keep = (name: string, secret: string | undefined): string => {
    if (secret === undefined || secret.length < 12) throw new Error(`${name} was not found`)
    secrets.set(name, secret)
    return secret
  }
  const heard = async (where: string, response: Response) => {
    const text = await response.text()
    // A successful page may return to its sender what was sent: the destination after the login.
    if (response.status >= 400 || !where.startsWith("/auth/login")) {
      outputs.push({ where, text: `${[...response.headers].join("\n")}\n${text}` })
    }
    return response.status
  }
  const run = async (...args: ReadonlyArray<string>) => {
    const { code, stderr, stdout } = await site.run(args)
    outputs.push({ where: `starpunk ${args.join(" ")}`, text: stdout + stderr })
    return code
  }
  const send = (path: string, init: RequestInit = {}) => fetch(`${site.url}${path}`, { redirect: "manual", ...init })
  const form = (fields: Readonly<Record<string, string>>): RequestInit => ({
    method: "POST",
    body: new URLSearchParams(fields)
  })

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "starpunk-secret-"))
    const file = join(directory, "health-token")
    await writeFile(file, keep("the health token", healthToken))
    keep("the passphrase", passphrase)
    keep("the verifier", verifier)
    keep("the state", state)
    keep("another site's token", elsewhere)
    site = await Program.create({
      STARPUNK_LOG_FORMAT: format,
      STARPUNK_LOG_LEVEL: "DEBUG",
      STARPUNK_HEALTH_TOKEN_FILE: file
    })
    await site.start()
    await flow()
  })

  afterAll(async () => {
    await site?.dispose()
    await rm(directory, { recursive: true, force: true })
  })

  const flow = async () => {
    const link = (await site.run(["owner", "setup"])).stdout.trim()
    const setupKey = keep("the setup key", link.slice(link.lastIndexOf("/") + 1))
    const owner = await OwnerAtHome.by(site, link)
    for (const [name, value] of owner.cookies) keep(`the cookie ${name}`, value)

    const page = await (await owner.get("/admin/security/codes")).text()
    const secret = keep("the secret of the codes", /name="secret" value="([A-Z2-7]{32})"/.exec(page)?.[1])
    const code = await Effect.runPromise(codeAt(Redacted.make(secret), Date.now()))
    const recovery = await (await owner.post("/admin/security/codes", { secret, code })).text()
    keep("a recovery code", /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){5}/.exec(recovery)?.[0])
    const step = await send("/auth/login", form({ passphrase }))
    keep("the cookie between passphrase and code", /=([\w.-]{20,});/.exec(step.headers.get("set-cookie") ?? "")?.[1])

    const challenge = createHash("sha256").update(verifier).digest("base64url")
    const asked = new URLSearchParams({
      response_type: "code",
      client_id: clientId,
      redirect_uri: redirectUri,
      state,
      code_challenge: challenge,
      code_challenge_method: "S256",
      scope: "create update media"
    })
    const back = await owner.allow(`${site.url}/indieauth/authorize?${asked}`)
    const grant = keep("the code", back.searchParams.get("code") ?? undefined)
    const redemption = {
      grant_type: "authorization_code",
      code: grant,
      client_id: clientId,
      redirect_uri: redirectUri,
      code_verifier: verifier
    }
    const { access_token } = await (await send("/indieauth/token", form(redemption))).json()
    const token = keep("the access token", access_token)
    const authorization = { authorization: `Bearer ${token}` }

    const note = form({ h: "entry", content: "A note" })
    expect((await send("/micropub", { ...note, headers: authorization })).status).toBe(201)
    const picture = new FormData()
    picture.set("file", new Blob([new Uint8Array(await png())], { type: "image/png" }), "a.png")
    const uploaded = await send("/micropub/media", { method: "POST", headers: authorization, body: picture })
    expect(uploaded.status).toBe(201)

    // The same again with errors, and with secrets in wrong places.
    const wrong: ReadonlyArray<readonly [string, RequestInit?]> = [
      ["/indieauth/token", form(redemption)],
      [`/indieauth/token?${new URLSearchParams(redemption)}`, { method: "POST" }],
      ["/indieauth/token", form({ ...redemption, grant_type: "password", password: passphrase })],
      [`/micropub?q=config&access_token=${token}`],
      [`/micropub?q=config&acce%73s_token=${token}`],
      [`/notes/none?token=${token}&state=${state}`],
      [`/search?token=${token}&q=${"a".repeat(300)}`],
      [`/auth/callback?code=${grant}&state=${state}`],
      [`/auth/login?passphrase=${encodeURIComponent(passphrase)}`],
      [`/auth/login?next=${encodeURIComponent(`/x?access_token=${token}`)}`],
      [`/auth/setup/${setupKey}`],
      [`/auth/setup/${elsewhere}`],
      [`/auth/%73etup/${elsewhere}`],
      ["/auth/login", form({ passphrase: elsewhere })],
      [
        "/auth/login",
        { method: "POST", headers: { "content-type": "application/json" }, body: `{"passphrase":"${passphrase}` }
      ],
      ["/micropub", { ...note, headers: { authorization: `Bearer ${elsewhere}` } }],
      ["/micropub", { ...note, headers: { authorization: `Basic ${btoa(`owner:${passphrase}`)}` } }],
      ["/micropub", { ...note, headers: { authorization: token } }],
      ["/micropub", { ...note, headers: { "x-authorization": `Bearer ${token}` } }],
      [
        "/micropub",
        { method: "POST", headers: { ...authorization, "content-type": "application/json" }, body: `{"a":"${token}"` }
      ],
      ["/micropub", form({ h: "entry", content: "x", access_token: elsewhere })],
      ["/micropub", { ...form({ action: token, url: token }), headers: authorization }],
      ["/indieauth/introspect", { ...form({ token: elsewhere }), headers: authorization }],
      ["/indieauth/revoke", form({ token: elsewhere })],
      ["/admin/", { headers: { cookie: `starpunk_session=${elsewhere}` } }],
      [
        "/admin/security/passphrase",
        { ...form({ passphrase, new: elsewhere }), headers: { origin: "https://evil.example" } }
      ],
      ["/", { headers: { referer: `https://app.example/?access_token=${token}`, cookie: `other=${elsewhere}` } }],
      ["/health", { headers: { authorization: `Bearer ${elsewhere}` } }],
      [`/health?token=${healthToken}`],
      ["/metrics"],
      ["/errors/auth.passphrase_wrong"]
    ]
    for (const [path, init] of wrong) {
      for (const accept of ["application/json", "text/html"]) {
        const headers = { accept, ...Object.fromEntries(new Headers(init?.headers)) }
        await heard(path.slice(0, 60), await send(path, { ...init, headers }))
      }
    }
    const detail = await send("/health", { headers: { authorization: `Bearer ${healthToken}` } })
    expect(await heard("/health", detail)).toBe(200)
    await heard("/admin/activity", await owner.get("/admin/activity"))

    const cli = await site.run(["token", "create", "--scope", "create"])
    keep("a token of the command line", cli.stdout.trim())
    const archive = join(site.directory, "site.tar.gz")
    for (const args of [
      ["config", "show"],
      ["config", "show", "--json"],
      ["check-config"],
      ["doctor"],
      ["doctor", "--json"],
      ["token", "list"],
      ["token", "list", "--json"],
      ["sessions", "list", "--json"],
      ["backup", archive],
      ["db", "check"],
      ["db", "optimize"],
      ["healthcheck"],
      ["sessions", "cleanup"]
    ]) {
      await run(...args)
    }
    const restored = await site.run(["restore", archive], { STARPUNK_DATA_PATH: join(site.directory, "elsewhere") })
    outputs.push({ where: "starpunk restore", text: restored.stdout + restored.stderr })
    expect(await site.stop()).toBe(0)
    outputs.push({ where: "the log", text: site.rawLog })
    const bytes = await readFile(archive)
    const tar = bytes[0] === 0x1f ? gunzipSync(bytes) : bytes
    outputs.push({ where: "the backup", text: tar.toString("latin1") })
    for (const end of ["", "-wal"]) {
      const text = await readFile(`${site.databasePath}${end}`, "latin1").catch(() => "")
      outputs.push({ where: `the database${end}`, text })
    }
  }

  it("are in no output and no response", () => {
    expect(secrets.size).toBeGreaterThanOrEqual(13)
    expect(outputs.length).toBeGreaterThan(70)
    const found = outputs.flatMap(({ text, where }) =>
      [...secrets].flatMap(([name, secret]) => {
        // Codes are computed from their secret, and a client gets its state back: the database has to store both.
        if (/database|backup/.test(where) && /of the codes|the state/.test(name)) return []
        const guise = guises(secret).find((guise) => guise.length >= 8 && text.includes(guise))
        if (guise === undefined) return []
        const at = text.indexOf(guise)
        return [`${name} in ${where}: ${text.slice(Math.max(0, at - 200), at + 80)}`]
      })
    )
    expect(found).toEqual([])
  })
})
