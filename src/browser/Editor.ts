import { autosave } from "./editor/Autosave.js"
import { now, spoken } from "./editor/Clock.js"
import { drawer } from "./editor/Drawer.js"
import { textEditor } from "./editor/Edit.js"
import { comparable, field, fieldsOf, setField } from "./editor/Fields.js"
import { copyFor, forget, forgetSubmitted, type LocalCopy, markSubmitted } from "./editor/LocalCopy.js"
import { notices } from "./editor/Notices.js"
import { preview } from "./editor/Preview.js"
import { sender } from "./editor/Sending.js"
import { statusLine } from "./editor/Status.js"
import { strip } from "./editor/Strip.js"
import { tagField } from "./editor/Tags.js"
import { texts } from "./editor/Texts.js"
import { localTimes } from "./editor/Times.js"
import { toolbar } from "./editor/Toolbar.js"
import { growing, titleField, typing } from "./editor/Typing.js"
import { uploads } from "./editor/Uploads.js"
import { wordCount } from "./editor/Words.js"

/** Enhances the editor's form, which works without scripts too. */
const begin = (form: HTMLFormElement, area: HTMLTextAreaElement): void => {
  const one = <E extends HTMLElement>(selector: string): E | null => form.querySelector<E>(selector)
  const isDraft = form.dataset.editor === "draft"
  const place = one("[data-notices]") ?? form
  const status = statusLine(form)
  const hints = notices(place)
  const editor = textEditor(area)
  const title = one<HTMLTextAreaElement>("[data-title]")

  for (const element of document.querySelectorAll<HTMLElement>("[data-with-script]")) element.hidden = false
  for (const element of document.querySelectorAll<HTMLElement>("[data-without-script]")) element.hidden = true
  if (document.querySelector("[data-saved]") !== null) forgetSubmitted()
  const problems = document.getElementById("problems")
  problems?.focus()

  const setTime = localTimes(form)
  const tags = one<HTMLInputElement>("[data-tags]")
  const setTags = tags === null ? undefined : tagField(tags)
  const shows = document.querySelector(".conflict") !== null ? "conflict" : problems === null ? "stored" : "faulty"
  const saving = autosave(form, {
    isDraft,
    shows,
    status,
    notices: hints,
    created: (id) => becomeDraft(form, id)
  })
  const shown = comparable(fieldsOf(form))
  const pane = one("[data-preview-pane]")
  const previewButton = one<HTMLButtonElement>("[data-preview]")
  const publish = one<HTMLButtonElement>("[data-publish]")
  const words = one("[data-words]")
  const counted = words === null ? undefined : wordCount(area, words)

  const namePublish = (): void => {
    if (!isDraft || publish === null) return
    const instant = Date.parse(field(form, "published")?.value ?? "")
    // A time that is only slightly ahead is published at once: see `publishedAtOnce`.
    const label = instant > now() + 300_000 ? texts.schedule : texts.publish
    publish.title = publish.title.replace(publish.textContent ?? "", label)
    publish.textContent = label
  }

  const changed = (): void => {
    saving.changed()
    beside?.changed()
    namePublish()
  }

  const pictures = strip(form, editor, changed)
  const files = uploads(form, editor, pictures, status.sayOfUploads)
  const beside =
    pane !== null && previewButton !== null ? preview(form, pane, previewButton, pictures.flush) : undefined
  const bar = one("[data-tools]")
  if (bar !== null) toolbar(bar, editor, files.choose)
  if (field(form, "format")?.value !== "html") typing(editor)
  if (title !== null) {
    titleField(title, area)
    growing(title)
  }
  growing(area)
  const drawerElement = one("[data-drawer]")
  const drawerButton = one<HTMLButtonElement>("[data-drawer-button]")
  const showField = drawerElement !== null && drawerButton !== null ? drawer(drawerElement, drawerButton) : undefined
  namePublish()
  // Files that are added before the author has placed the caret belong at the end.
  if (document.activeElement !== area) area.setSelectionRange(area.value.length, area.value.length)
  form.addEventListener("input", ({ target }) => {
    if (target === area) {
      counted?.()
      pictures.changed()
    }
    changed()
  })
  for (const link of problems?.querySelectorAll<HTMLAnchorElement>('a[href^="#"]') ?? []) {
    link.addEventListener("click", (event) => {
      const fault = document.querySelector<HTMLElement>(link.hash)
      if (fault === null) return
      event.preventDefault()
      showField?.(fault)
    })
  }

  const fill = ({ fields }: LocalCopy): void => {
    const [urls, alts, properties] = ["media_url", "media_alt", "media_property"].map((name) => fields.getAll(name))
    pictures.media?.replace(
      (urls ?? []).map((url, index) => ({ url, alt: alts?.[index] ?? "", property: properties?.[index] ?? "photo" }))
    )
    for (const [name, value] of fields) {
      const input = field(form, name)
      // The form's own key is restored too, so that the server finds a draft that it has already stored.
      if (input === null || name.startsWith("media_")) continue
      if (name === "category") setTags?.(value)
      else if (input.type === "hidden" && input.previousElementSibling?.hasAttribute("data-time")) setTime(name, value)
      else setField(form, name, value)
    }
    pictures.sync()
    counted?.()
    changed()
  }

  const offer = document.querySelector<HTMLElement>("[data-recovered]")
  const copy = shows === "stored" ? copyFor(field(form, "post_id")?.value ?? "") : undefined
  if (shows !== "stored") saving.changed()
  if (copy !== undefined && comparable(copy.fields) === shown) forget(copy.key)
  else if (copy !== undefined && offer !== null) {
    const time = offer.querySelector("[data-recovered-time]")
    if (time !== null) time.textContent = spoken(copy.at)
    offer.hidden = false
    offer.querySelector("[data-recover]")?.addEventListener("click", () => {
      fill(copy)
      if (copy.key !== saving.key()) forget(copy.key)
      offer.hidden = true
      area.focus()
    })
    offer.querySelector("[data-forget]")?.addEventListener("click", () => {
      forget(copy.key)
      offer.hidden = true
      area.focus()
    })
  }

  /** Asks once for the descriptions of pictures that have none. Returns whether the author has to answer first. */
  let wasAsked = false
  const asksFor = (submitter: HTMLElement): boolean => {
    const missing = pictures.undescribed()
    if (wasAsked || missing.length === 0) return false
    wasAsked = true
    const notice = hints.show("descriptions", {
      kind: "plain",
      sentence: texts.noDescription({ count: missing.length }),
      actions: [
        {
          label: texts.addDescriptions,
          pressed: () => {
            hints.hide("descriptions")
            pictures.open()
            const [first] = pictures.undescribed()
            first?.focus()
            first?.scrollIntoView({ block: "nearest", inline: "nearest" })
          }
        },
        { label: texts.publishAnyway, pressed: () => form.requestSubmit(submitter) }
      ]
    })
    notice.querySelector("button")?.focus()
    return true
  }

  let isSent = false
  let isNative = false
  const sending = sender(form, hints, (submitter) => {
    isNative = true
    form.requestSubmit(submitter)
  })
  form.addEventListener("submit", (event) => {
    const submitter = event.submitter instanceof HTMLButtonElement ? event.submitter : null
    if (submitter === previewButton || isNative) return
    event.preventDefault()
    if (isSent) return
    pictures.flush()
    const isForReaders = submitter !== null && (isDraft ? /^(?:publish|schedule)$/ : /^update$/).test(submitter.value)
    if (isForReaders && asksFor(submitter)) return
    hints.hide("descriptions")
    if (files.hasStopped()) {
      status.say(texts.unfinished, true)
      pictures.open()
      one<HTMLElement>("[data-uploads] button")?.focus()
      return
    }
    if (saving.isBusy() || files.isBusy()) {
      if (files.isBusy()) hints.show("waiting", { kind: "plain", sentence: texts.waitsForUploads, actions: [] })
      isSent = true
      void Promise.all([saving.underWay(), files.underWay()]).then(() => {
        isSent = false
        hints.hide("waiting")
        form.requestSubmit(submitter)
      })
      return
    }
    isSent = true
    saving.copyNow()
    saving.stop()
    markSubmitted(saving.key())
    status.say(texts.publishing)
    void sending.send(submitter, () => {
      isSent = false
      saving.resume()
    })
  })
  // A page that comes back from the back-forward cache may be sent again.
  window.addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return
    isSent = false
    isNative = false
    sending.stop()
    saving.resume()
  })
  document.querySelector("[data-discard]")?.addEventListener("click", () => forget(saving.key()))
  window.addEventListener("online", () => void saving.save())
  window.addEventListener("pagehide", () => {
    saving.copyNow()
    if (!isSent && !isNative && isDraft) void saving.save()
  })
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return
    if (event.key === "Enter") {
      event.preventDefault()
      form.requestSubmit(publish)
    } else if (event.key.toLowerCase() === "s" && !event.shiftKey) {
      event.preventDefault()
      pictures.flush()
      if (isDraft) void saving.save()
      else form.requestSubmit(publish)
    }
  })
}

/** Turns the page of a new post into the edit page of its draft, as a reload would. */
const becomeDraft = (form: HTMLFormElement, id: number): void => {
  const state = form.querySelector<HTMLElement>("[data-state]")
  if (state !== null) state.textContent = state.dataset.new ?? texts.draft
  const heading = form.querySelector("[data-heading]")
  if (heading !== null) {
    document.title = document.title.replace(heading.textContent ?? "", texts.editDraft)
    heading.textContent = texts.editDraft
  }
  const remove = form.querySelector<HTMLAnchorElement>("[data-delete]")
  if (remove !== null) {
    remove.href = `/admin/delete/${id}`
    remove.hidden = false
  }
}

const form = document.querySelector<HTMLFormElement>("form[data-editor]")
const area = form?.querySelector<HTMLTextAreaElement>("[data-text]")
if (form !== null && area !== null && area !== undefined) begin(form, area)
