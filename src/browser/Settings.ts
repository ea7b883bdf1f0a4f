/** Proposes the browser's time zone where the owner chooses one. */
const propose = (select: HTMLSelectElement): void => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const option = [...select.options].find(({ value }) => value === zone)
  if (option === undefined || option.selected) return
  const take = (): void => {
    select.value = zone
  }
  if (select.dataset.zone === "propose") {
    take()
    return
  }
  const offer = select.parentElement?.querySelector<HTMLElement>("[data-zone-offer]")
  const button = offer?.querySelector("button")
  if (offer === null || offer === undefined || button === null || button === undefined) return
  button.textContent = `Use ${zone}, as in this browser`
  button.addEventListener("click", () => {
    take()
    offer.hidden = true
    select.focus()
  })
  offer.hidden = false
}

for (const select of document.querySelectorAll<HTMLSelectElement>("select[data-zone]")) propose(select)
