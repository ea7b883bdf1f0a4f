import { HttpServerRequest } from "@effect/platform"
import { Duration, Effect, Option } from "effect"
import { Settings } from "../../Config.js"
import { networkOf } from "../../domain/Network.js"
import type { DatabaseFailure } from "../../errors/failure/Database.js"
import type { TooManyAttempts } from "../../errors/failure/Login.js"
import { type Allowance, Attempts } from "../../services/Attempts.js"
import type { Devices } from "../../services/Devices.js"
import { TrustedProxies } from "../../services/TrustedProxies.js"
import { clientAddress } from "../http/Client.js"
import { knownBrowser } from "./KnownBrowser.js"

/** What can be tried. */
export type Trial = "passphrase" | "code" | "passkey" | "setup"

interface Pace {
  readonly burst: number
  readonly every: Duration.Duration
}

/**
 * How fast one address may try, and all addresses together. 2,880 guesses a day at the passphrase, and 720 at a code by
 * whoever has the passphrase already (of a million codes, three of which are good): neither leads anywhere in years.
 * Passkeys and setup keys cannot be guessed, so that only the work is bounded, by address.
 */
const paces: Record<Trial, { readonly address: Pace; readonly account?: Pace }> = {
  passphrase: {
    address: { burst: 10, every: Duration.seconds(30) },
    account: { burst: 20, every: Duration.seconds(30) }
  },
  code: { address: { burst: 5, every: Duration.minutes(1) }, account: { burst: 10, every: Duration.minutes(2) } },
  passkey: { address: { burst: 20, every: Duration.seconds(3) } },
  setup: { address: { burst: 10, every: Duration.seconds(10) } }
}

/** An attempt that may be made; `welcome` is for one that succeeded. */
export interface Admitted {
  /** Gives back what was taken of the address, the device and the account. */
  readonly welcome: Effect.Effect<void>
}

/**
 * Slows guessing down: by address (of IPv6 by /64), and by account, since whoever has many addresses would not notice
 * the first. A browser that bears the mark of an earlier login is counted by itself alone, so that a stranger's attempts
 * hold up no one but strangers (OWASP, "Slow Down Online Guessing Attacks with Device Cookies"); nor do they passkeys.
 */
export const throttle: Effect.Effect<
  (trial: Trial) => Effect.Effect<Admitted, TooManyAttempts | DatabaseFailure, HttpServerRequest.HttpServerRequest>,
  never,
  Attempts | Devices | Settings | TrustedProxies
> = Effect.gen(function* () {
  const attempts = yield* Attempts
  const proxies = yield* TrustedProxies
  const known = yield* knownBrowser(yield* Settings)
  const currentDevice = Effect.map(
    known,
    Option.filter(({ isCurrent }) => isCurrent)
  )

  return Effect.fnUntraced(function* (trial: Trial) {
    const request = yield* HttpServerRequest.HttpServerRequest
    const { account, address } = paces[trial]
    const device = account === undefined ? Option.none() : yield* currentDevice
    const allowances: ReadonlyArray<Allowance> = Option.match(device, {
      onSome: ({ name }) => [{ ...address, kind: `${trial} by device`, key: name }],
      onNone: () => [
        { ...address, kind: `${trial} by address`, key: networkOf(clientAddress(proxies, request)) },
        ...(account === undefined ? [] : [{ ...account, kind: `${trial} of the account`, key: "" }])
      ]
    })
    yield* attempts.take(...allowances)
    return { welcome: Effect.forEach(allowances, attempts.forget, { discard: true }) }
  })
})
