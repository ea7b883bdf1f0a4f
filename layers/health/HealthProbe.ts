import { get } from "node:http"
import { Duration, Effect, Option, Schema } from "effect"
import { ServerNotWell } from "../../src/errors/Maintenance.js"
import type { SettingsValues } from "../../src/settings/Config.js"

/** Response of a server. */
export interface Answered {
  readonly url: string
  readonly status: number
  /** Status in the response; none if it is not StarPunk's. */
  readonly health: Option.Option<string>
}

/** Maximum length of a response; health endpoints stay far below it. */
const bodyLimit = 64 * 1024

const decode = Schema.decodeUnknownOption(Schema.parseJson(Schema.Struct({ status: Schema.String })))

/** The address of a server with these settings; a server on all addresses is asked on loopback. */
export const urlOf = ({ host, port }: Pick<SettingsValues, "host" | "port">, path: string): string => {
  const reached = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host
  return `http://${reached.includes(":") ? `[${reached}]` : reached}:${port}${path}`
}

/** Sends one request over plain HTTP, without redirects, and reads the response within the time limit. */
export const ask = (url: string, limit: Duration.Duration): Effect.Effect<Answered, ServerNotWell> =>
  Effect.async<Answered, ServerNotWell>((resume) => {
    const refuse = (reason: ServerNotWell["reason"], detail: string) =>
      resume(new ServerNotWell({ url, reason, detail }))
    const request = get(url, { agent: false, headers: { accept: "application/json" } }, (response) => {
      let body = ""
      response.setEncoding("utf8")
      response.on("data", (chunk: string) => {
        body += chunk
        if (body.length > bodyLimit) response.destroy(new Error("the answer is too long"))
      })
      response.on("error", (error) => refuse("unreachable", error.message))
      response.on("end", () => {
        const health = Option.map(decode(body), ({ status }) => status)
        resume(Effect.succeed({ url, status: response.statusCode ?? 0, health }))
      })
    })
    request.on("error", (error) => refuse("unreachable", "code" in error ? String(error.code) : error.message))
    return Effect.sync(() => request.destroy())
  }).pipe(
    Effect.timeoutFail({
      duration: limit,
      onTimeout: () => new ServerNotWell({ url, reason: "timeout", detail: `${Duration.toSeconds(limit)} seconds` })
    })
  )
