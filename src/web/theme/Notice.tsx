import type { ComponentChildren, JSX } from "preact"

/** A box for a notice before the content. */
export const Notice = ({ children }: { readonly children: ComponentChildren }): JSX.Element => (
  <div class="notice" role="status">
    {children}
  </div>
)
