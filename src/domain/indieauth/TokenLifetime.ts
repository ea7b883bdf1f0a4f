import { Duration, Option } from "effect"

/** How long a permission lasts. */
export interface TokenLifetime {
  /** How long an access token lives; until it is revoked when absent. */
  readonly lifetime?: Duration.Duration
  /** Whether the app may renew it; means nothing without a `lifetime`. */
  readonly renewable?: boolean
}

/** What the owner may choose, by the name that forms send. Apps mostly take tokens for eternal, so the first is the default. */
export const lifetimeChoices = {
  unlimited: { title: "Until I revoke it" },
  renewed: {
    title: "For 30 days, renewed while the app is in use, a year at most",
    lifetime: Duration.days(30),
    renewable: true
  },
  month: { title: "For 30 days", lifetime: Duration.days(30) },
  day: { title: "For one day", lifetime: Duration.days(1) }
} as const satisfies Readonly<Record<string, TokenLifetime & { readonly title: string }>>

/** The choice that a form names. */
export const lifetimeFrom = (name: string): Option.Option<TokenLifetime> =>
  Option.map(
    Option.fromNullable(Object.entries(lifetimeChoices).find(([choice]) => choice === name)),
    ([, { title: _, ...lifetime }]) => lifetime
  )

/** How long an app can renew its access at most, in milliseconds: then the owner is asked again (ASVS 5.0, 10.4.8). */
export const longestRenewalMillis = 365 * 86_400_000

/** How much longer than its access token a refresh token lives, in milliseconds: an app that is used once a month is renewed. */
export const renewalGraceMillis = 30 * 86_400_000
