import { png } from "../fixtures/Samples.js"
import { OwnerAtHome, passphrase } from "../program/OwnerAtHome.js"
import { Program } from "../program/Program.js"
import type { Bearer, Ground } from "./Grammar.js"

const healthToken = "canary-health-token-6f1d0c"

/** Header of each kind of credential. */
export type Rights = ReadonlyMap<Bearer, readonly [name: string, value: string]>

/** The shipped program with posts, pictures, an owner and a client. */
export class FuzzedSite {
  #token = ""
  #cookie = ""
  /** Every credential so far. */
  readonly credentials: Array<string> = [passphrase, healthToken]

  private constructor(readonly program: Program) {}

  static async create(settings: Readonly<Record<string, string>>): Promise<FuzzedSite> {
    const program = await Program.create({
      STARPUNK_LOG_LEVEL: "DEBUG",
      STARPUNK_HEALTH_TOKEN: healthToken,
      ...settings
    })
    const site = new FuzzedSite(program)
    await program.start()
    await OwnerAtHome.of(program)
    await site.#renewToken()
    for (let n = 0; n < 40; n++) {
      const status = ["published", "published", "published", "draft"][n % 4] ?? ""
      await site.#create({ content: `A note number ${n} to say hello`, category: "fuzz", "post-status": status })
    }
    await site.#create({ content: "An article", name: "With a title" })
    await site.#create({ content: "I agree", "in-reply-to": "https://other.example/post" })
    const form = new FormData()
    form.set("file", new Blob([new Uint8Array(await png())], { type: "image/png" }), "picture.png")
    const uploaded = await fetch(`${program.url}/micropub/media`, { method: "POST", headers: site.#bearer, body: form })
    if (uploaded.status !== 201) throw new Error(`no picture could be uploaded: ${await uploaded.text()}`)
    return site
  }

  get isAlive(): boolean {
    try {
      return this.program.pid !== undefined && process.kill(this.program.pid, 0)
    } catch {
      return false
    }
  }

  /** Texts that no error response may contain. */
  get secrets(): ReadonlyArray<string> {
    return [...this.credentials, this.program.directory, process.cwd()]
  }

  get #bearer(): Record<string, string> {
    return { authorization: `Bearer ${this.#token}` }
  }

  /** The routes of the server, with existing names. */
  async ground(): Promise<Ground> {
    const { program } = this
    const routes = program.log.flatMap(({ message, method, route }) =>
      message === "Route" ? [{ method: String(method), route: String(route) }] : []
    )
    if (routes.length < 80) throw new Error(`only ${routes.length} routes are known`)
    const list = await fetch(`${program.url}/micropub?q=source&limit=100`, { headers: this.#bearer })
    const { items } = await list.json()
    const slugs = items.map(({ properties }: { properties: { url: [string] } }) => properties.url[0].split("/").at(-1))
    const media = await fetch(`${program.url}/micropub/media?q=source`, { headers: this.#bearer })
    const files = (await media.json()).items.map(({ url }: { url: string }) => url.split("/").at(-1))
    return {
      routes,
      slugs,
      ids: ["1", "2", "3", "10", "41", "9999"],
      media: files,
      codes: ["http.not_found", "database.locked", "none.such"],
      siteUrl: program.url
    }
  }

  /** Headers with valid credentials, renewed if fuzzed requests have ended them. */
  async rights(): Promise<Rights> {
    const { url } = this.program
    const session = await fetch(`${url}/admin/sessions`, { redirect: "manual", headers: { cookie: this.#cookie } })
    if (session.status !== 200) await this.#logIn()
    const config = await fetch(`${url}/micropub?q=config`, { headers: this.#bearer })
    if (config.status !== 200) await this.#renewToken()
    return new Map([
      ["token", ["Authorization", `Bearer ${this.#token}`]],
      ["cookie", ["Cookie", this.#cookie]],
      ["garbage", ["Authorization", "Bearer not-a-token"]]
    ])
  }

  dispose(): Promise<void> {
    return this.program.dispose()
  }

  async #create(fields: Readonly<Record<string, string>>): Promise<void> {
    const body = new URLSearchParams({ h: "entry", ...fields })
    const answer = await fetch(`${this.program.url}/micropub`, { method: "POST", headers: this.#bearer, body })
    if (answer.status !== 201) throw new Error(`no note could be created: ${await answer.text()}`)
  }

  async #renewToken(): Promise<void> {
    const scope = "create update delete undelete media draft profile"
    const made = await this.program.run(["token", "create", "--scope", scope])
    if (made.code !== 0) throw new Error(`no token could be made: ${made.stderr}`)
    this.#token = made.stdout.trim()
    this.credentials.push(this.#token)
  }

  async #logIn(): Promise<void> {
    const answer = await fetch(`${this.program.url}/auth/login`, {
      method: "POST",
      redirect: "manual",
      body: new URLSearchParams({ passphrase })
    })
    const cookie = answer.headers.getSetCookie().find((line) => line.startsWith("starpunk_session"))
    if (cookie === undefined) throw new Error(`the owner could not log in: ${answer.status} ${await answer.text()}`)
    this.#cookie = cookie.split(";")[0] ?? ""
    this.credentials.push(this.#cookie.slice(this.#cookie.indexOf("=") + 1))
  }
}
