import { Duration, Option } from "effect"

/** Lifetime of a permission. */
export interface TokenLifetime {
  /** Lifetime of an access token; until it is revoked when absent. */
  readonly lifetime?: Duration.Duration
  /** Whether the app may renew it; has no effect without a `lifetime`. */
  readonly renewable?: boolean
}

/**
 * Lifetimes that the owner may choose, by their name in forms. Most apps expect tokens without expiry, so the first is
 * the default.
 */
export const lifetimeChoices = {
  unlimited: {},
  /** Renewed while the app is in use, one year at most. */
  renewed: {
    lifetime: Duration.days(30),
    renewable: true
  },
  month: { lifetime: Duration.days(30) },
  day: { lifetime: Duration.days(1) }
} as const satisfies Readonly<Record<string, TokenLifetime>>

/** Parses a choice of a form. */
export const lifetimeFrom = (name: string): Option.Option<TokenLifetime> =>
  Option.map(
    Option.fromNullable(Object.entries(lifetimeChoices).find(([choice]) => choice === name)),
    ([, lifetime]) => lifetime
  )

/** Time for which an app can renew its access, in milliseconds. Then it asks the owner again (ASVS 5.0, 10.4.8). */
export const longestRenewalMillis = 365 * 86_400_000

/**
 * Time by which a refresh token outlives its access token, in milliseconds, so that an app that is used once a
 * month can renew it.
 */
export const renewalGraceMillis = 30 * 86_400_000
