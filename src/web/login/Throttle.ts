import { HttpServerRequest } from "@effect/platform"
import { Duration, Effect, Option } from "effect"
import { networkOf, networksOf } from "../../domain/Network.js"
import type { DatabaseFailure } from "../../errors/Database.js"
import type { TooManyAttempts } from "../../errors/Login.js"
import { Attempts } from "../../services/Attempts.js"
import type { Devices } from "../../services/Devices.js"
import { TrustedProxies } from "../../services/TrustedProxies.js"
import { type Line, Turns } from "../../services/Turns.js"
import { Settings } from "../../settings/Config.js"
import { clientAddress } from "../http/Client.js"
import { knownBrowser } from "./KnownBrowser.js"

/** Kinds of login attempts. */
export type Trial = "passphrase" | "code" | "passkey" | "setup"

interface Limits {
  /** Limit of one address; faster attempts are refused. */
  readonly address: { readonly burst: number; readonly every: Duration.Duration }
  /** Queue of all addresses, with its pace. */
  readonly line?: Omit<Line, "kind">
}

/**
 * Limits of login attempts. All unknown browsers together can make at most 7,075 guesses of the passphrase per hour,
 * and only from networks without attempts within a day; others get 225. For codes, which require the passphrase, it is
 * 225 and 30: of a million codes three are valid at any time. Passkeys and setup keys cannot be guessed, so only the
 * work per address is limited.
 */
const limits: Record<Trial, Limits> = {
  passphrase: {
    address: { burst: 10, every: Duration.seconds(30) },
    line: { every: Duration.seconds(1), lanes: 5, burst: 20 }
  },
  code: {
    address: { burst: 5, every: Duration.minutes(1) },
    line: { every: Duration.seconds(30), lanes: 3, burst: 5 }
  },
  passkey: { address: { burst: 20, every: Duration.seconds(3) } },
  setup: { address: { burst: 10, every: Duration.seconds(10) } }
}

/** Limits login attempts. */
export interface Throttle {
  /** Runs an attempt when the limits allow it. Success resets them. */
  readonly attempt: <A, E, R>(
    trial: Trial,
    attempt: Effect.Effect<A, E, R>
  ) => Effect.Effect<A, E | TooManyAttempts | DatabaseFailure, R | HttpServerRequest.HttpServerRequest>
  /** Counts work of an address that is not an attempt; nothing resets it. */
  readonly work: (trial: Trial) => Effect.Effect<void, TooManyAttempts, HttpServerRequest.HttpServerRequest>
}

/**
 * Each address (for IPv6 each /64) has its own limit, beyond which it is refused. Attempts that could guess also wait
 * in a queue of all unknown browsers, which slows them down without refusing occasional ones. A browser with a device
 * mark is counted separately, so that strangers do not delay it (OWASP, "Slow Down Online Guessing Attacks with Device
 * Cookies").
 */
export const throttle: Effect.Effect<Throttle, never, Attempts | Devices | Settings | TrustedProxies | Turns> =
  Effect.gen(function* () {
    const attempts = yield* Attempts
    const turns = yield* Turns
    const proxies = yield* TrustedProxies
    const known = yield* knownBrowser(yield* Settings)
    const currentDevice = Effect.map(
      known,
      Option.filter(({ isCurrent }) => isCurrent)
    )
    const client = Effect.map(HttpServerRequest.HttpServerRequest, (request) => clientAddress(proxies, request))
    const byAddress = (trial: Trial, address: string) => ({
      ...limits[trial].address,
      guards: "secret" as const,
      kind: `${trial} by address`,
      key: networkOf(address)
    })

    return {
      attempt: (trial, attempt) =>
        Effect.gen(function* () {
          const from = yield* client
          const { address, line } = limits[trial]
          const device = line === undefined ? Option.none() : yield* currentDevice
          const allowance = Option.match(device, {
            onSome: ({ name }) => ({ ...address, guards: "secret" as const, kind: `${trial} by device`, key: name }),
            onNone: () => byAddress(trial, from)
          })
          yield* attempts.take(allowance)
          const isStranger = line !== undefined && Option.isNone(device)
          const result = yield* isStranger ? turns.run({ ...line, kind: trial }, networksOf(from), attempt) : attempt
          yield* attempts.forget(allowance)
          return result
        }),
      work: (trial) => Effect.flatMap(client, (from) => attempts.take(byAddress(trial, from)))
    }
  })
