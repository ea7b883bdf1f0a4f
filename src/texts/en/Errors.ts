/** Texts of the pages about error codes. */
export const errors = {
  title: "Errors",
  lead: "Every error of this site has a code. Its page explains the error and what to do next.",
  all: "All errors",
  httpStatus: ({ status }: { readonly status: number }): string => `HTTP status ${status}`,
  verdicts: {
    user: "Client error. Fix the request before retrying.",
    userLater: "Client error. Retry later.",
    system: "Server error. The operator has to fix it.",
    systemLater: "Server error. Retry later."
  }
}
