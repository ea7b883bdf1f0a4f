import { createHash } from "node:crypto"
import type { OwnerAtHome } from "./OwnerAtHome.js"
import type { SeveralInstances } from "./SeveralInstances.js"

const clientId = "https://app.example/"
const redirectUri = "https://app.example/back"
const verifier = "a".repeat(64)
const challenge = createHash("sha256").update(verifier).digest("base64url")

/** Statuses of the answers, and the tokens among them. */
export interface Redemption {
  readonly statuses: ReadonlyArray<number>
  readonly tokens: ReadonlyArray<string>
}

/** Lets the owner allow an app, and redeems the authorization code at every instance at once. */
export const redeemAtAll = async (site: SeveralInstances, owner: OwnerAtHome, serial: number): Promise<Redemption> => {
  const asked = new URLSearchParams({
    response_type: "code",
    client_id: clientId,
    redirect_uri: redirectUri,
    state: `state-${serial}-0123456789`,
    code_challenge: challenge,
    code_challenge_method: "S256",
    scope: "create"
  })
  const back = await owner.allow(`${site.url}/indieauth/authorize?${asked}`)
  const body = new URLSearchParams({
    grant_type: "authorization_code",
    code: back.searchParams.get("code") ?? "",
    client_id: clientId,
    redirect_uri: redirectUri,
    code_verifier: verifier
  })
  const answers = await Promise.all(
    site.programs.map(async ({ url }) => {
      const answer = await fetch(`${url}/indieauth/token`, { method: "POST", body })
      return { status: answer.status, token: (await answer.json()).access_token }
    })
  )
  return {
    statuses: answers.map(({ status }) => status),
    tokens: answers.flatMap(({ token }) => (typeof token === "string" ? [token] : []))
  }
}
