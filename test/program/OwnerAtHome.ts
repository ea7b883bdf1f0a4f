import { formIn } from "../fixtures/OwnerServer.js"
import type { Program } from "./Program.js"

/** The owner's passphrase on every site of these tests. */
export const passphrase = "correct horse battery staple"

/** The link that the server printed for whoever takes the site over. */
export const setupLink = async (program: Pick<Program, "logWhen">): Promise<string> => {
  const log = await program.logWhen((lines) => lines.some(({ setup_link }) => setup_link !== undefined))
  const link = log.findLast(({ setup_link }) => setup_link !== undefined)?.setup_link
  if (typeof link !== "string") throw new Error("no setup link was printed")
  return link
}

/** The owner with a browser that runs no script: keeps cookies, opens pages and sends their forms. */
export class OwnerAtHome {
  readonly #cookies = new Map<string, string>()

  private constructor(readonly program: Pick<Program, "url">) {}

  /** Takes a fresh site over by its setup link. */
  static async of(program: Pick<Program, "url" | "logWhen">): Promise<OwnerAtHome> {
    return OwnerAtHome.by(program, await setupLink(program))
  }

  /** Takes a fresh site over by this link. */
  static async by(program: Pick<Program, "url">, link: string): Promise<OwnerAtHome> {
    const owner = new OwnerAtHome(program)
    const { pathname } = new URL(link)
    await owner.get(pathname)
    const answer = await owner.post(pathname, { passphrase, again: passphrase })
    if (answer.status !== 303) throw new Error(`the site could not be taken over: ${await answer.text()}`)
    return owner
  }

  /** A browser that knows the site not yet. */
  static stranger(program: Pick<Program, "url">): OwnerAtHome {
    return new OwnerAtHome(program)
  }

  /** Every cookie that the browser holds, by name. */
  get cookies(): ReadonlyMap<string, string> {
    return this.#cookies
  }

  get(path: string): Promise<Response> {
    return this.#send(path, {})
  }

  post(path: string, fields: Readonly<Record<string, string>> | URLSearchParams): Promise<Response> {
    return this.#send(path, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams(fields)
    })
  }

  /** Looks at a client's consent page and allows all that it asks for; answers where the browser is sent then. */
  async allow(authorizationUrl: string): Promise<URL> {
    const { pathname, search } = new URL(authorizationUrl)
    const page = await (await this.get(pathname + search)).text()
    const { fields } = formIn(page, "/indieauth/consent")
    for (const [, scope] of page.matchAll(/name="scope" value="([^"]*)"/g)) fields.append("scope", scope ?? "")
    fields.set("lifetime", "unlimited")
    fields.set("decision", "allow")
    const answer = await this.post("/indieauth/consent", fields)
    const location = answer.headers.get("location")
    if (location === null) throw new Error(`the consent led nowhere: ${answer.status} ${await answer.text()}`)
    return new URL(location)
  }

  async #send(path: string, init: RequestInit): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ")
    const response = await fetch(`${this.program.url}${path}`, {
      ...init,
      redirect: "manual",
      headers: { accept: "text/html", cookie, ...init.headers }
    })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";")
      const at = pair.indexOf("=")
      if (/; Max-Age=0(?:;|$)/.test(line)) this.#cookies.delete(pair.slice(0, at))
      else this.#cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
    return response
  }
}
