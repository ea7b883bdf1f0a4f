import type { Notices } from "./Notices.js"
import { texts } from "./Texts.js"

/** Waits before the next try when the site does not answer, in seconds. */
const waits = [5, 15, 60]

/** Returns the form's data with the pressed button. */
const bodyOf = (form: HTMLFormElement, submitter: HTMLButtonElement | null): FormData => {
  const body = new FormData(form)
  if (submitter !== null && submitter.name !== "") body.append(submitter.name, submitter.value)
  return body
}

/**
 * Sends the form with `fetch`, so that the page and its text stay if the site is busy or unreachable. In that case it
 * shows a notice and retries. On success it opens the saved post. For other responses it calls `natively`, which submits
 * the form as a browser does. The second request creates no second post, because the form's key identifies the post.
 */
export const sender = (form: HTMLFormElement, notices: Notices, natively: (submitter: HTMLElement | null) => void) => {
  let timer = 0
  let tries = 0

  const failed = (reason: string, again: () => void): void => {
    let seconds = waits[Math.min(tries, waits.length - 1)] ?? 60
    tries += 1
    const notice = notices.show("sending", {
      kind: "bad",
      sentence: `${texts.notPublished({ reason })} ${texts.kept}`,
      actions: [{ label: texts.tryNow, pressed: again }]
    })
    // Screen readers announce the notice, not each second of the countdown.
    const countdown = Object.assign(document.createElement("span"), { ariaHidden: "true" })
    notice.querySelector("p")?.append(" ", countdown)
    const tick = (): void => {
      countdown.textContent = texts.tryingAgain({ seconds })
      if (seconds === 0) again()
      else timer = setTimeout(tick, 1_000)
      seconds -= 1
    }
    tick()
  }

  const send = async (submitter: HTMLButtonElement | null, ended: () => void): Promise<void> => {
    clearTimeout(timer)
    const again = (): void => void send(submitter, ended)
    try {
      const response = await fetch(form.action, {
        method: "POST",
        body: bodyOf(form, submitter),
        headers: { accept: "text/html" }
      })
      const isSaved = response.redirected && response.ok && new URL(response.url).pathname.startsWith("/admin/edit/")
      if (isSaved) location.assign(response.url)
      else if (response.status >= 500) failed(texts.busy, again)
      else natively(submitter)
    } catch {
      failed(texts.unreachable, again)
    }
    ended()
  }

  return {
    send,
    /** Stops retrying. */
    stop: (): void => {
      clearTimeout(timer)
      tries = 0
      notices.hide("sending")
    }
  }
}
