import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration
} from "@simplewebauthn/browser"

/** Sentences for errors, in the language of the page. */
const words = JSON.parse(document.querySelector<HTMLElement>("[data-passkey-says]")?.dataset.words ?? "{}") as Readonly<
  Record<"none" | "known" | "insecure" | "failed" | "invalid", string>
>

/** Sentences for errors of the browser, by the name of the error. */
const whatHappened: Readonly<Record<string, string>> = {
  NotAllowedError: words.none,
  InvalidStateError: words.known,
  SecurityError: words.insecure
}

/** Returns the message for an error of the browser, the network or the server. */
const wordsFor = (error: unknown): string => {
  if (!(error instanceof Error)) return words.failed
  return whatHappened[error.name] ?? error.message
}

/** Requests options from the server. Fails with the server's own message. */
// biome-ignore lint/suspicious/noExplicitAny: what our own server says of the platform's own types
const optionsFrom = async (address: string): Promise<any> => {
  const response = await fetch(address, { method: "POST", headers: { accept: "application/json" } })
  const body = await response.json()
  if (response.ok) return body
  if (body.code === "session.proof_needed") location.assign("/auth/confirm?next=/admin/security")
  const message = body.error_description ?? `${body.title}. ${body.detail}`
  throw new Error(typeof message === "string" ? `${message}.` : words.invalid)
}

/** Request options from the server, then create or get a passkey with the browser. */
const ceremonies = {
  login: async () => {
    const optionsJSON: PublicKeyCredentialRequestOptionsJSON = await optionsFrom("/auth/passkey/options")
    return startAuthentication({ optionsJSON })
  },
  add: async () => {
    const optionsJSON: PublicKeyCredentialCreationOptionsJSON = await optionsFrom("/admin/security/passkeys/options")
    return startRegistration({ optionsJSON })
  }
}

/** Puts the browser's response into the button's form and submits that form. */
const enable = (button: HTMLButtonElement): void => {
  const { form } = button
  const ceremony = ceremonies[button.dataset.passkey === "add" ? "add" : "login"]
  const output = form?.querySelector<HTMLElement>("[data-passkey-says]")
  if (!form) return
  const show = (text: string) => {
    if (!output) return
    output.textContent = text
    output.hidden = text === ""
  }
  button.hidden = false
  button.addEventListener("click", async () => {
    button.disabled = true
    show("")
    try {
      const field = document.createElement("input")
      field.type = "hidden"
      field.name = "passkey"
      field.value = JSON.stringify(await ceremony())
      form.append(field)
      // `requestSubmit` would require the passphrase, which passkey users leave empty.
      form.submit()
    } catch (error) {
      show(wordsFor(error))
      button.disabled = false
    }
  })
}

if (browserSupportsWebAuthn()) {
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-passkey]")) enable(button)
}
