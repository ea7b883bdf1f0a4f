import { autosave } from "./editor/Autosave.js"
import { now, spoken } from "./editor/Clock.js"
import { field, fieldsOf, said } from "./editor/Fields.js"
import { copyFor, forget, forgetSubmitted, type LocalCopy, markSubmitted } from "./editor/LocalCopy.js"
import { mediaList } from "./editor/MediaList.js"
import { preview } from "./editor/Preview.js"
import { completeTags } from "./editor/Tags.js"
import { localTimes } from "./editor/Times.js"
import { uploads } from "./editor/Uploads.js"

/** Enhances the editor's form, which works without scripts too. */
const begin = (form: HTMLFormElement): void => {
  const one = <E extends HTMLElement>(selector: string): E | null => form.querySelector<E>(selector)
  const status = one("[data-status]")
  const isDraft = form.dataset.editor === "draft"

  const say = (sentence: string, way?: { readonly label: string; readonly href: string }): void => {
    if (status === null) return
    status.textContent = sentence
    if (way === undefined) return
    const link = Object.assign(document.createElement("a"), {
      href: way.href,
      target: "_blank",
      textContent: way.label
    })
    status.append(" ", link)
  }

  for (const element of document.querySelectorAll<HTMLElement>("[data-with-script]")) element.hidden = false
  for (const element of document.querySelectorAll<HTMLElement>("[data-without-script]")) element.hidden = true
  if (document.querySelector("[data-saved]") !== null) forgetSubmitted()
  const problems = document.getElementById("problems")
  problems?.focus()

  const setTime = localTimes(form)
  const shows = document.querySelector(".conflict") !== null ? "conflict" : problems === null ? "stored" : "faulty"
  const saving = autosave(form, { isDraft, shows }, say)
  const shown = said(fieldsOf(form))
  const pane = document.querySelector<HTMLElement>("[data-preview-pane]")
  const previewButton = one<HTMLButtonElement>("[data-preview]")
  const beside = pane !== null && previewButton !== null ? preview(form, pane, previewButton) : undefined
  const publish = one<HTMLButtonElement>("[data-publish]")

  const namePublish = (): void => {
    if (!isDraft || publish === null) return
    const instant = Date.parse(field(form, "published")?.value ?? "")
    // A time that is only slightly ahead is published at once: see `publishedAtOnce`.
    publish.textContent = instant > now() + 300_000 ? "Schedule" : "Publish"
  }

  const changed = (): void => {
    saving.changed()
    beside?.changed()
    namePublish()
  }

  const list = one("[data-media]")
  const places = one("[data-uploads]")
  const media = list === null ? undefined : mediaList(form, list, changed)
  const files =
    places === null
      ? undefined
      : uploads(form, places, (file) => {
          media?.add(file)
          changed()
        })
  const tags = one<HTMLInputElement>("[data-tags]")
  if (tags !== null) completeTags(tags)
  namePublish()
  form.addEventListener("input", changed)

  const fill = ({ fields }: LocalCopy): void => {
    const [urls, alts, properties] = ["media_url", "media_alt", "media_property"].map((name) => fields.getAll(name))
    media?.replace(
      (urls ?? []).map((url, index) => ({ url, alt: alts?.[index] ?? "", property: properties?.[index] ?? "photo" }))
    )
    for (const [name, value] of fields) {
      const input = field(form, name)
      // The form's own key is restored too, so that the server finds a draft that it has already stored.
      if (input === null || name.startsWith("media_")) continue
      if (input.type === "hidden" && input.previousElementSibling?.hasAttribute("data-time")) setTime(name, value)
      else input.value = value
    }
    changed()
  }

  const offer = document.querySelector<HTMLElement>("[data-recovered]")
  const copy = shows === "stored" ? copyFor(field(form, "post_id")?.value ?? "") : undefined
  if (shows !== "stored") saving.changed()
  if (copy !== undefined && said(copy.fields) === shown) forget(copy.key)
  else if (copy !== undefined && offer !== null) {
    const time = offer.querySelector("[data-recovered-time]")
    if (time !== null) time.textContent = spoken(copy.at)
    offer.hidden = false
    offer.querySelector("[data-recover]")?.addEventListener("click", () => {
      fill(copy)
      if (copy.key !== saving.key()) forget(copy.key)
      offer.hidden = true
      one("[data-text]")?.focus()
    })
    offer.querySelector("[data-forget]")?.addEventListener("click", () => {
      forget(copy.key)
      offer.hidden = true
      one("[data-text]")?.focus()
    })
  }

  let isSent = false
  form.addEventListener("submit", (event) => {
    const submitter = event.submitter
    if (submitter === previewButton) return
    if (isSent) {
      event.preventDefault()
      return
    }
    if (saving.isBusy() || files?.isBusy()) {
      event.preventDefault()
      say("Uploading. Your post will be sent when all files have arrived.")
      void Promise.all([saving.underWay(), files?.underWay()]).then(() => form.requestSubmit(submitter))
      return
    }
    isSent = true
    saving.stop()
    markSubmitted(saving.key())
  })
  // A page that comes back from the back-forward cache may be sent again.
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted) {
      isSent = false
      saving.resume()
    }
  })
  document.querySelector("[data-discard]")?.addEventListener("click", () => forget(saving.key()))
  window.addEventListener("online", () => void saving.save())
  window.addEventListener("pagehide", () => {
    if (!isSent && isDraft) void saving.save()
  })
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return
    if (event.key === "Enter") {
      event.preventDefault()
      form.requestSubmit(publish)
    } else if (event.key.toLowerCase() === "s" && !event.shiftKey) {
      event.preventDefault()
      if (isDraft) void saving.save()
      else form.requestSubmit(publish)
    }
  })
}

const form = document.querySelector<HTMLFormElement>("form[data-editor]")
if (form !== null) begin(form)
