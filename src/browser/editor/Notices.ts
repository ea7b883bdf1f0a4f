/** A button of a notice. */
export interface NoticeAction {
  readonly label: string
  /** Opens in another tab instead of calling `pressed`. */
  readonly href?: string
  readonly pressed?: () => void
}

export type NoticeKind = "plain" | "warn" | "bad"

/** Notices above the title, one for each name. */
export const notices = (place: HTMLElement) => {
  const shown = new Map<string, HTMLElement>()

  const hide = (name: string): void => {
    shown.get(name)?.remove()
    shown.delete(name)
  }

  return {
    hide,
    show: (
      name: string,
      {
        actions,
        kind,
        sentence
      }: { readonly kind: NoticeKind; readonly sentence: string; readonly actions: ReadonlyArray<NoticeAction> }
    ): HTMLElement => {
      const notice = document.createElement("div")
      notice.className = `notice ${kind === "plain" ? "" : kind}`.trim()
      notice.setAttribute("role", kind === "plain" ? "status" : "alert")
      const words = document.createElement("p")
      words.textContent = sentence
      notice.append(
        words,
        ...actions.map(({ href, label, pressed }, index) => {
          const action =
            href === undefined
              ? Object.assign(document.createElement("button"), { type: "button" })
              : Object.assign(document.createElement("a"), { href, target: "_blank" })
          action.className = index === 0 ? "btn" : "btn quiet"
          action.textContent = label
          if (pressed !== undefined) action.addEventListener("click", pressed)
          return action
        })
      )
      const before = shown.get(name)
      if (before === undefined) place.append(notice)
      else before.replaceWith(notice)
      shown.set(name, notice)
      return notice
    }
  }
}

export type Notices = ReturnType<typeof notices>
