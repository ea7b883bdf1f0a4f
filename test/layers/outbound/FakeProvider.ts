import { createHash, randomBytes } from "node:crypto"
import type { IncomingMessage, ServerResponse } from "node:http"
import { Effect } from "effect"
import { listen } from "./Listener.js"

/** How the fake provider answers about tokens and codes. */
export type Mood = "honest" | "down" | "garbage" | "hanging" | "html" | "thinking"

interface Grant {
  readonly me: string
  readonly scope: unknown
  readonly more?: Readonly<Record<string, unknown>>
}

interface Code {
  readonly challenge: string | null
  readonly clientId: string | null
  readonly redirectUri: string | null
}

/** What the provider offers. */
export interface Offer {
  /** Modern providers have metadata; older ones name their endpoints in the page. */
  readonly metadata?: boolean
  readonly introspection?: boolean
  readonly issuer?: string
  /** In place of the owner's page. */
  readonly page?: (origin: string) => { readonly html: string; readonly headers?: Record<string, string> }
}

const read = (request: IncomingMessage) =>
  new Promise<URLSearchParams>((resolve) => {
    let body = ""
    request.on("data", (chunk) => {
      body += chunk
    })
    request.on("end", () => resolve(new URLSearchParams(body)))
  })

/** An IndieAuth provider, and the owner's page beside it, on loopback: strict where the standards are. */
export const fakeProvider = (offer: Offer = {}) =>
  Effect.gen(function* () {
    const metadata = offer.metadata ?? true
    const introspection = offer.introspection ?? metadata
    const grants = new Map<string, Grant>()
    const codes = new Map<string, Code>()
    const state = {
      mood: "honest" as Mood,
      signedIn: "",
      slow: new Set<string>(),
      pageDown: false,
      thoughts: [] as (() => void)[]
    }
    const questions: Array<{ readonly method: string; readonly path: string; readonly token: string }> = []

    const json = (response: ServerResponse, status: number, body: unknown) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body))

    /** Answers as the mood is; honest answers are the caller's. */
    const inMood = (response: ServerResponse, honest: () => void) => {
      switch (state.mood) {
        case "honest":
          return honest()
        case "down":
          return response.writeHead(500).end("Internal Server Error")
        case "garbage":
          return response.writeHead(200, { "content-type": "application/json" }).end('{"active":')
        case "html":
          return response.writeHead(200, { "content-type": "text/html" }).end("<h1>Parked domain</h1>")
        case "thinking":
          return state.thoughts.push(honest)
        case "hanging":
          return undefined
      }
    }

    const aboutToken = (request: IncomingMessage, response: ServerResponse, path: string, token: string) => {
      questions.push({ method: request.method ?? "", path, token })
      if (state.slow.has(token)) return
      inMood(response, () => {
        const grant = grants.get(token)
        if (path === "/introspect") {
          const inactive = { active: false }
          json(
            response,
            200,
            grant === undefined ? inactive : { active: true, me: grant.me, scope: grant.scope, ...grant.more }
          )
        } else if (grant === undefined) json(response, 401, { error: "invalid_token" })
        else
          json(response, 200, { me: grant.me, client_id: "https://client.example/", scope: grant.scope, ...grant.more })
      })
    }

    const redeem = (response: ServerResponse, form: URLSearchParams) =>
      inMood(response, () => {
        const code = codes.get(form.get("code") ?? "")
        codes.delete(form.get("code") ?? "")
        const challenge = createHash("sha256")
          .update(form.get("code_verifier") ?? "")
          .digest("base64url")
        const isRight =
          form.get("grant_type") === "authorization_code" &&
          code !== undefined &&
          code.challenge === challenge &&
          code.clientId === form.get("client_id") &&
          code.redirectUri === form.get("redirect_uri")
        if (isRight) json(response, 200, { me: state.signedIn })
        else json(response, 400, { error: "invalid_grant" })
      })

    const listener = yield* listen((request, response, origin) => {
      const url = new URL(request.url ?? "/", origin)
      const token = /^Bearer (.*)$/.exec(request.headers.authorization ?? "")?.[1] ?? ""
      switch (`${request.method} ${url.pathname}`) {
        case "GET /": {
          if (state.pageDown) {
            response.writeHead(503).end()
            return
          }
          const links = metadata
            ? `<link rel="indieauth-metadata" href="/metadata">`
            : `<link rel=authorization_endpoint href="/authorize"><link rel=token_endpoint href="${origin}/token">`
          const page = offer.page?.(origin) ?? { html: `<!doctype html><title>Ada</title>${links}` }
          response.writeHead(200, { "content-type": "text/html; charset=utf-8", ...page.headers }).end(page.html)
          return
        }
        case "GET /metadata":
          json(response, 200, {
            issuer: offer.issuer ?? `${origin}/`,
            authorization_endpoint: `${origin}/authorize`,
            token_endpoint: `${origin}/token`,
            ...(introspection ? { introspection_endpoint: `${origin}/introspect` } : {}),
            code_challenge_methods_supported: ["S256"]
          })
          return
        case "POST /introspect":
          void read(request).then((form) => {
            // Authorization has to be there (RFC 7662 §2.1), and the token in the form.
            if (token === "") response.writeHead(401).end()
            else aboutToken(request, response, url.pathname, form.get("token") ?? "")
          })
          return
        case "GET /token":
          aboutToken(request, response, url.pathname, token)
          return
        case "POST /authorize":
          void read(request).then((form) => redeem(response, form))
          return
        default:
          response.writeHead(404).end()
      }
    })

    /** What the owner's approval leads the browser back with. */
    const approve = (address: string): URLSearchParams => {
      const asked = new URL(address).searchParams
      const code = randomBytes(16).toString("base64url")
      codes.set(code, {
        challenge: asked.get("code_challenge_method") === "S256" ? asked.get("code_challenge") : null,
        clientId: asked.get("client_id"),
        redirectUri: asked.get("redirect_uri")
      })
      const answer = new URLSearchParams({ code, state: asked.get("state") ?? "" })
      if (metadata) answer.set("iss", offer.issuer ?? `${listener.origin}/`)
      return answer
    }

    state.signedIn = `${listener.origin}/`
    return {
      origin: listener.origin,
      /** The owner's page. */
      me: `${listener.origin}/`,
      requests: listener.requests,
      /** What was asked about tokens so far. */
      questions,
      grants,
      state,
      approve,
      /** Lets this token be good for these scopes. */
      grant: (token: string, scope: unknown = "create update", more: Grant["more"] = {}, me = `${listener.origin}/`) =>
        grants.set(token, { me, scope, more })
    }
  })

/** A provider on loopback, as the tests turn it. */
export type FakeProvider = Effect.Effect.Success<ReturnType<typeof fakeProvider>>
