/**
 * Manages the drawer. With script, it stays open beside the text until it is closed: the focus moves in, Escape closes
 * it, and the focus returns. Returns a function that shows a field in the drawer.
 */
export const drawer = (element: HTMLElement, button: HTMLButtonElement): ((field: HTMLElement) => void) => {
  const hasPopovers = "showPopover" in element
  const isOpen = (): boolean => hasPopovers && element.matches(":popover-open")
  const wasInPage = !element.hasAttribute("popover")
  // An automatic popover closes at each click into the text.
  element.setAttribute("popover", "manual")
  button.setAttribute("aria-expanded", "false")

  const show = (): void => {
    if (hasPopovers && !isOpen()) element.showPopover()
  }
  const close = (): void => {
    if (!isOpen()) return
    const hadFocus = element.contains(document.activeElement)
    element.hidePopover()
    if (hadFocus) button.focus()
  }
  element.addEventListener("toggle", () => {
    const open = isOpen()
    button.setAttribute("aria-expanded", String(open))
    document.body.classList.toggle("drawer-on", open)
  })
  button.addEventListener("click", (event) => {
    event.preventDefault()
    if (isOpen()) close()
    else {
      show()
      element.querySelector<HTMLElement>("input:not([type=hidden]), select, textarea")?.focus()
    }
  })
  element.querySelector("[data-drawer-close]")?.addEventListener("click", (event) => {
    event.preventDefault()
    close()
  })
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && !event.isComposing) close()
  })
  if (wasInPage) show()
  return (field) => {
    if (element.contains(field)) show()
    for (
      let folded = field.closest("details");
      folded !== null;
      folded = folded.parentElement?.closest("details") ?? null
    ) {
      folded.open = true
    }
    field.focus()
  }
}
