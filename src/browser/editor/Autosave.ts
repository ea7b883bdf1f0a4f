import { now, spoken } from "./Clock.js"
import { field, fieldsOf, hasWords, said } from "./Fields.js"
import { forget, keep, keyOf } from "./LocalCopy.js"
import { ask, type Problem } from "./Problem.js"

/** Time without input after which a draft is saved, in milliseconds. */
const pause = 2_000

/** Waits before retries when the server cannot be reached, in milliseconds. */
const retries = [5_000, 15_000, 60_000]

/** What the form showed when the page loaded: the stored post, a form with errors, or a conflict of two versions. */
export type Shown = "stored" | "faulty" | "conflict"

interface Saved {
  readonly id: number
  readonly updatedAt: number
  readonly problems: ReadonlyArray<string>
}

const isSaved = (answer: unknown): answer is Saved => typeof answer === "object" && answer !== null && "id" in answer

/**
 * Keeps the input: at once in this browser, and, if it is a draft, after a pause on the site. `say` reports the result,
 * with a link if the author has to act.
 */
export const autosave = (
  form: HTMLFormElement,
  { isDraft, shows }: { readonly isDraft: boolean; readonly shows: Shown },
  say: (sentence: string, way?: { readonly label: string; readonly href: string }) => void
) => {
  const value = (name: string) => field(form, name)?.value ?? ""
  const set = (name: string, text: string): void => {
    const input = field(form, name)
    if (input !== null) input.value = text
  }
  const key = () => keyOf(value("post_id"), value("form_key"))
  let known = shows === "stored" ? said(fieldsOf(form)) : ""
  let timer = 0
  let failures = 0
  let running: Promise<void> | undefined
  // In a conflict the author chooses a version, not a timer.
  let isStopped = shows === "conflict"

  const isDirty = () => said(fieldsOf(form)) !== known

  const keepHere = (): boolean => {
    const fields = fieldsOf(form)
    // The author has not chosen yet, so a restored copy has to be in conflict again.
    if (shows === "conflict") fields.set("based_on", "")
    return keep(key(), fields)
  }

  const later = (millis: number): void => {
    clearTimeout(timer)
    timer = setTimeout(save, millis)
  }

  const failed = ({ code, sentence, status }: Problem): void => {
    const kept = keepHere() ? "This browser keeps your text." : "Copy your text before you leave this page."
    if (status === 401 || status === 403) {
      const href = `/auth/login?next=${encodeURIComponent(location.pathname)}`
      say(`Not saved: you are logged out. ${kept}`, { label: "Log in in another tab", href })
      return
    }
    if (code === "editor.conflict" || code === "editor.autosave_refused") {
      isStopped = true
      say(`Not saved: ${sentence} ${kept}`)
      return
    }
    say(`Not saved: ${sentence} ${kept}`)
    const next = retries[Math.min(failures, retries.length - 1)] ?? pause
    failures += 1
    if (status === 0 || status >= 500) later(next)
  }

  const succeeded = ({ id, problems, updatedAt }: Saved, sent: URLSearchParams): void => {
    failures = 0
    const before = key()
    set("post_id", String(id))
    set("based_on", String(updatedAt))
    if (form.action !== `${location.origin}/admin/edit/${id}`) {
      form.action = `/admin/edit/${id}`
      history.replaceState(null, "", `/admin/edit/${id}`)
    }
    known = said(sent)
    if (!isDirty()) forget(before)
    else if (before !== key()) keepHere()
    if (before !== key()) forget(before)
    const exception = problems.length === 0 ? "" : `, except: ${problems.join(". ")}.`
    say(`Saved ${spoken(now())}${exception}`)
  }

  const save = (): Promise<void> => {
    clearTimeout(timer)
    if (running !== undefined) return running.then(() => (isDirty() ? save() : undefined))
    const sent = fieldsOf(form)
    if (!isDraft || isStopped || said(sent) === known || (value("post_id") === "" && !hasWords(sent))) {
      return Promise.resolve()
    }
    running = ask("/admin/autosave", sent)
      .then((outcome) => {
        if ("problem" in outcome) failed(outcome.problem)
        else if (isSaved(outcome.answer)) succeeded(outcome.answer, sent)
      })
      .finally(() => {
        running = undefined
      })
    return running
  }

  return {
    /** Call it after every change of the form. */
    changed: (): void => {
      const isKept = keepHere()
      if (isDraft) {
        if (!isStopped) later(failures > 0 ? 5_000 : pause)
      } else if (!isDirty()) say("")
      else
        say(
          isKept ? "Not published yet. This browser keeps your text." : "Not published yet. This browser keeps no copy."
        )
    },
    /** Saves now, if there are changes. */
    save,
    /** Waits for the current request. */
    underWay: (): Promise<void> => running ?? Promise.resolve(),
    isBusy: (): boolean => running !== undefined,
    isDirty,
    key,
    /** Stops saving, because the form is being submitted. */
    stop: (): void => {
      isStopped = true
      clearTimeout(timer)
    },
    resume: (): void => {
      isStopped = shows === "conflict"
    }
  }
}
