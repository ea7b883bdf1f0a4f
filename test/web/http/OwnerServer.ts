import { Effect, Fiber, Layer, Option, Redacted, TestClock } from "effect"
import * as MemoryAttempts from "../../../layers/limits/Attempts.js"
import * as MemoryTurns from "../../../layers/limits/Turns.js"
import * as MemoryOwner from "../../../layers/memory/Owner.js"
import * as MemorySessions from "../../../layers/memory/SessionManager.js"
import * as LoginSteps from "../../../layers/process/LoginSteps.js"
import { layerCost, testCost } from "../../../layers/process/PasswordHash.js"
import { layer as layerSecureRandom } from "../../../layers/process/SecureRandom.js"
import { Owner } from "../../../src/services/Owner.js"
import { Settings, type SettingsValues } from "../../../src/settings/Config.js"
import * as Assets from "../../../src/web/assets/Routes.js"
import { serve } from "../../../src/web/http/Pipeline.js"
import { routes as auth } from "../../../src/web/login/Routes.js"
import { formKept } from "../../../src/web/login/SessionEnded.js"
import { routes as security } from "../../../src/web/login/security/Routes.js"
import { ask, settings as serverSettings, testServerFor } from "./TestServer.js"

/** The owner's passphrase, where a test gives the site an owner. */
export const passphrase = "correct horse battery staple"

/** The routes that every test of the owner's pages has. */
export const ownerRoutes = Layer.mergeAll(auth, security, Assets.routes)

/** A real server, made by `Pipeline.serve`, over the services of the owner's pages in memory. */
export const serverWith = <A, E, R>(
  serving: Layer.Layer<A, E, R>,
  overrides: Partial<SettingsValues> = {},
  trusted: ReadonlyArray<string> = []
) => {
  const settings = { ...serverSettings, ...overrides }
  const services = Layer.mergeAll(
    LoginSteps.layer.pipe(Layer.provideMerge(MemoryOwner.layer), Layer.provide(layerCost(testCost))),
    MemorySessions.layer,
    MemoryAttempts.layer,
    MemoryTurns.layer
  ).pipe(Layer.provide(Layer.merge(layerSecureRandom, Layer.succeed(Settings, settings))))
  return testServerFor(serving, { settings, trusted }).pipe(Layer.provideMerge(services))
}

/** A real server with the owner's pages. */
export const ownerServer = (overrides?: Partial<SettingsValues>, trusted?: ReadonlyArray<string>) =>
  serverWith(serve(ownerRoutes, formKept), overrides, trusted)

/** Gives the site its owner, as the setup link would. */
export const claimed = Effect.gen(function* () {
  const owner = yield* Owner
  const { key } = Option.getOrThrow(yield* owner.issueSetup)
  yield* owner.claim(key, Redacted.make(passphrase))
  return owner
})

/** What a cookie was set to, and with which attributes. */
export interface SetCookie {
  readonly value: string
  readonly attributes: ReadonlyArray<string>
}

type Answer = Effect.Effect.Success<ReturnType<typeof ask>>

/** The cookies that an answer sets, by name. */
export const cookiesOf = ({ headers }: Pick<Answer, "headers">): Readonly<Record<string, SetCookie>> =>
  Object.fromEntries(
    headers.getSetCookie().map((line) => {
      const [pair = "", ...attributes] = line.split("; ")
      const at = pair.indexOf("=")
      return [pair.slice(0, at), { value: pair.slice(at + 1), attributes }]
    })
  )

/** A person with a browser: keeps cookies, asks for pages, sends forms. */
export const visitor = (headers: Readonly<Record<string, string>> = {}) => {
  const jar = new Map<string, string>()
  const send = (path: string, init: RequestInit & { readonly headers?: Record<string, string> }) =>
    Effect.tap(
      ask(path, {
        ...init,
        headers: {
          accept: "text/html,application/xhtml+xml,*/*;q=0.8",
          cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; "),
          ...headers,
          ...init.headers
        }
      }),
      (answer) =>
        Effect.sync(() => {
          for (const [name, { attributes, value }] of Object.entries(cookiesOf(answer))) {
            if (attributes.includes("Max-Age=0")) jar.delete(name)
            else jar.set(name, value)
          }
        })
    )
  const post = (path: string, fields: Readonly<Record<string, string>> | URLSearchParams) =>
    send(path, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams(fields).toString()
    })
  return {
    jar,
    send,
    get: (path: string) => send(path, {}),
    post,
    login: (fields: Readonly<Record<string, string>> = {}) => post("/auth/login", { passphrase, ...fields })
  }
}

const entities: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'"
}

const unescaped = (text: string): string =>
  text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? "")

/** The fields that a form of a page sends by itself, and where to: as a browser reads them. */
export const formIn = (body: string, action: string) => {
  const form = [...body.matchAll(/<form\b[^>]*>.*?<\/form>/gs)]
    .map(([text]) => text)
    .find((text) => text.includes(`action="${action}"`))
  if (form === undefined) throw new Error(`no form with action ${action}`)
  const fields = new URLSearchParams()
  const add = (name: string, value: string) =>
    fields.append(unescaped(name), unescaped(value).replaceAll(/\r?\n/g, "\r\n"))
  const attributesOf = (tag: string) => (name: string) => new RegExp(` ${name}="([^"]*)"`, "s").exec(tag)?.[1] ?? ""
  const controls = /<input(?: [\w-]+(?:="[^"]*")?)* ?\/?>|<textarea(?<attributes>[^>]*)>\n?(?<text>.*?)<\/textarea>/gs
  for (const { 0: tag, groups } of form.matchAll(controls)) {
    const attribute = attributesOf(tag)
    if (groups?.text !== undefined) add(attribute("name"), groups.text)
    else if (attribute("type") === "hidden") add(attribute("name"), attribute("value"))
  }
  return { fields, enctype: / enctype="([^"]*)"/.exec(form)?.[1] }
}

const nextTurn = Effect.promise(() => new Promise((resolve) => setImmediate(resolve)))

/** Lets time pass, a second at a time, until a fiber is done. Requests get the turns in between that they need to arrive. */
export const passing = <A, E>(fiber: Fiber.RuntimeFiber<A, E>) =>
  Effect.gen(function* () {
    while ((yield* Fiber.poll(fiber))._tag === "None") {
      for (let turn = 0; turn < 40; turn += 1) yield* nextTurn
      if ((yield* Fiber.poll(fiber))._tag === "None") yield* TestClock.adjust("1 second")
    }
    return yield* Fiber.join(fiber)
  })
