import { HttpServerRequest } from "@effect/platform"
import { Duration, Effect, Option } from "effect"
import { networkOf, networksOf } from "../../domain/Network.js"
import type { DatabaseFailure } from "../../errors/failure/Database.js"
import type { TooManyAttempts } from "../../errors/failure/Login.js"
import { Attempts } from "../../services/Attempts.js"
import type { Devices } from "../../services/Devices.js"
import { TrustedProxies } from "../../services/TrustedProxies.js"
import { type Line, Turns } from "../../services/Turns.js"
import { Settings } from "../../settings/Config.js"
import { clientAddress } from "../http/Client.js"
import { knownBrowser } from "./KnownBrowser.js"

/** What can be tried. */
export type Trial = "passphrase" | "code" | "passkey" | "setup"

interface Limits {
  /** One address is refused when it tries faster. */
  readonly address: { readonly burst: number; readonly every: Duration.Duration }
  /** All addresses together wait in a line that moves at this pace. */
  readonly line?: Omit<Line, "kind">
}

/**
 * All strangers together make at most 7,075 guesses at the passphrase in an hour, and that only from networks that did not
 * guess within a day; those that go on get 225. At codes, which only someone with the passphrase is asked for, 225 and 30:
 * of a million codes three are good at any time. Passkeys and setup keys cannot be guessed, so only the work is bounded, by
 * address.
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

/** Lets trials of one request through, no faster than guessing may be. */
export interface Throttle {
  /** Runs an attempt when it may be made. Success gives back what was taken of the limits. */
  readonly attempt: <A, E, R>(
    trial: Trial,
    attempt: Effect.Effect<A, E, R>
  ) => Effect.Effect<A, E | TooManyAttempts | DatabaseFailure, R | HttpServerRequest.HttpServerRequest>
  /** Counts work of the address that proves nothing, so nothing is given back. */
  readonly work: (trial: Trial) => Effect.Effect<void, TooManyAttempts, HttpServerRequest.HttpServerRequest>
}

/**
 * Each address (of IPv6 each /64) has a limit of its own, which refuses. What can be guessed also waits for its turn among
 * all strangers, which slows them and refuses nobody who guesses seldom. A browser that bears the mark of an earlier login
 * is counted by itself alone, so that strangers do not hold it up (OWASP, "Slow Down Online Guessing Attacks with Device
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
            onSome: ({ name }) => ({ ...address, kind: `${trial} by device`, key: name }),
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
