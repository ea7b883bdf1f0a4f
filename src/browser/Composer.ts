/** Ctrl+Enter posts, and pasted or dropped pictures are added to the chosen ones. */
const begin = (form: HTMLFormElement): void => {
  const input = form.querySelector<HTMLInputElement>('[name="files"]')
  const post = form.querySelector<HTMLButtonElement>("[data-post]")

  const take = (event: Event, data: DataTransfer | null): void => {
    const files = [...(data?.files ?? [])]
    // A copied table is both text and an image; the text is what the author wants.
    if (input === null || files.length === 0 || data?.types.includes("text/plain")) return
    event.preventDefault()
    const all = new DataTransfer()
    for (const file of [...(input.files ?? []), ...files]) all.items.add(file)
    input.files = all.files
    showChosen()
  }

  // Until files are chosen, the field is only a button.
  const showChosen = (): void => {
    input?.classList.toggle("empty", input.files?.length === 0)
  }
  showChosen()
  input?.addEventListener("change", showChosen)
  // A page of the back-forward cache may have its files again.
  window.addEventListener("pageshow", showChosen)

  form.addEventListener("paste", (event) => take(event, event.clipboardData))
  form.addEventListener("drop", (event) => take(event, event.dataTransfer))
  form.addEventListener("dragover", (event) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault()
  })
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return
    event.preventDefault()
    form.requestSubmit(post)
  })
}

const form = document.querySelector<HTMLFormElement>("form[data-composer]")
if (form !== null) begin(form)
