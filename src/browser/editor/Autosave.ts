import { now, spoken } from "./Clock.js"
import { comparable, field, fieldsOf, hasWords } from "./Fields.js"
import { forget, keep, keyOf } from "./LocalCopy.js"
import type { Notices } from "./Notices.js"
import { ask, type Problem } from "./Problem.js"
import type { StatusLine } from "./Status.js"
import { texts } from "./Texts.js"

/** Time without input after which a draft is saved, in milliseconds. */
const pause = 2_000

/** Time between input and the copy in this browser, in milliseconds. A copy at each key would slow down long texts. */
const copyPause = 300

/** Waits before retries when the server cannot be reached, in milliseconds. */
const retries = [5_000, 15_000, 60_000]

/** State of the form when the page loaded: the stored post, a form with errors, or a conflict of two versions. */
export type Shown = "stored" | "faulty" | "conflict"

interface Saved {
  readonly id: number
  readonly updatedAt: number
  readonly problems: ReadonlyArray<string>
}

const isSaved = (answer: unknown): answer is Saved => typeof answer === "object" && answer !== null && "id" in answer

/** Options of the automatic saving. */
export interface AutosaveOptions {
  readonly isDraft: boolean
  readonly shows: Shown
  readonly status: StatusLine
  readonly notices: Notices
  /** Called when a new post has become a draft. */
  readonly created: (id: number) => void
}

/**
 * Saves the input: to this browser shortly after each change, and drafts also to the site after a pause. Shows the
 * result next to the post's state, and what the author has to do in a notice.
 */
export const autosave = (form: HTMLFormElement, { created, isDraft, notices, shows, status }: AutosaveOptions) => {
  const value = (name: string) => field(form, name)?.value ?? ""
  const set = (name: string, text: string): void => {
    const input = field(form, name)
    if (input !== null) input.value = text
  }
  const key = () => keyOf(value("post_id"), value("form_key"))
  let known = shows === "stored" ? comparable(fieldsOf(form)) : ""
  let timer = 0
  let copyTimer = 0
  let failures = 0
  let running: Promise<void> | undefined
  // In a conflict the author chooses a version, not a timer.
  let isStopped = shows === "conflict"

  const isDirty = () => comparable(fieldsOf(form)) !== known

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

  const failed = ({ code, sentence, status: answered }: Problem): void => {
    const kept = keepHere() ? texts.kept : texts.notKept
    if (answered === 401 || answered === 403) {
      const href = `/auth/login?next=${encodeURIComponent(location.pathname)}`
      status.say(texts.notSaved({ sentence: `${texts.sessionEnded} ${kept}` }), true)
      notices.show("session", {
        kind: "warn",
        sentence: `${texts.sessionEnded} ${kept}`,
        actions: [{ label: texts.logIn, href }]
      })
      return
    }
    if (code === "editor.conflict" || code === "editor.autosave_refused") {
      isStopped = true
      status.say(texts.notSaved({ sentence: `${sentence} ${kept}` }), true)
      notices.show("conflict", {
        kind: "warn",
        sentence: `${code === "editor.conflict" ? texts.changedElsewhere : sentence} ${kept}`,
        actions: [{ label: texts.compare, pressed: () => form.requestSubmit() }]
      })
      return
    }
    if (answered === 0) {
      status.say(texts.offline, true)
      notices.show("offline", { kind: "warn", sentence: texts.offlineNotice, actions: [] })
    } else status.say(texts.notSaved({ sentence: `${sentence} ${kept}` }), true)
    const next = retries[Math.min(failures, retries.length - 1)] ?? pause
    failures += 1
    if (answered === 0 || answered >= 500) later(next)
  }

  const succeeded = ({ id, problems, updatedAt }: Saved, sent: URLSearchParams): void => {
    failures = 0
    for (const name of ["session", "offline"]) notices.hide(name)
    if (value("post_id") === "") created(id)
    const before = key()
    set("post_id", String(id))
    set("based_on", String(updatedAt))
    if (form.action !== `${location.origin}/admin/edit/${id}`) {
      form.action = `/admin/edit/${id}`
      history.replaceState(null, "", `/admin/edit/${id}`)
    }
    known = comparable(sent)
    if (!isDirty()) forget(before)
    else if (before !== key()) keepHere()
    if (before !== key()) forget(before)
    status.say(
      texts.saved({ time: spoken(now()), problems }),
      problems.length > 0,
      problems.length > 0 ? undefined : texts.savedBriefly
    )
  }

  const save = (): Promise<void> => {
    clearTimeout(timer)
    if (running !== undefined) return running.then(() => (isDirty() ? save() : undefined))
    const sent = fieldsOf(form)
    if (!isDraft || isStopped || comparable(sent) === known || (value("post_id") === "" && !hasWords(sent))) {
      return Promise.resolve()
    }
    status.say(texts.saving)
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

  /** Stores the copy in this browser at once. */
  const copyNow = (): void => {
    if (copyTimer === 0) return
    clearTimeout(copyTimer)
    copyTimer = 0
    const isKept = keepHere()
    if (isDraft) return
    if (!isDirty()) status.say("")
    else status.say(isKept ? texts.unsavedChanges : texts.unsavedUnkept)
  }

  return {
    /** Call it after every change of the form. */
    changed: (): void => {
      if (copyTimer === 0) copyTimer = setTimeout(copyNow, copyPause)
      if (isDraft && !isStopped) later(failures > 0 ? 5_000 : pause)
    },
    copyNow,
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
