import type { ComponentChildren, JSX } from "preact"

/** A quiet box for something the reader should know before reading on. */
export const Notice = ({ children }: { readonly children: ComponentChildren }): JSX.Element => (
  <div class="notice" role="status">
    {children}
  </div>
)
