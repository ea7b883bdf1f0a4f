/** Texts of the page of metrics. Advice on problems is in English, as the log and the commands that it names. */
export const metrics = {
  title: "Metrics",
  fine: "**All checks pass.** No request failed in the period below.",
  headlines: {
    starting: "The site is starting",
    unhealthy: "The site is unhealthy",
    degraded: "The site is degraded",
    errors: "All checks pass, but there were errors"
  },
  todo: "What to do:",
  period: "Period",
  hour: "Last hour",
  day: "Last 24 hours",
  noData: {
    hour: "No data yet: the first ten seconds are not over. Reload the page in a moment.",
    day: "No data yet: the first minute is not over. Reload the page in a moment."
  },
  longer:
    "Charts cover at most 24 hours and restart with the server. For a longer history, let Prometheus scrape [/metrics](/metrics) with the health token.",
  chart: {
    span: ({ from, to }: { readonly from: string; readonly to: string }) => `from ${from} to ${to} UTC`,
    without: ({ span }: { readonly span: string }) => `No data ${span}`,
    line: ({ label, words }: { readonly label: string; readonly words: string }) => `${label}: ${words}`,
    values: ({ last, least, most }: { readonly last: string; readonly least: string; readonly most: string }) =>
      `${last} at the end, between ${least} and ${most}`,
    noValues: "no data",
    scale: ({ most }: { readonly most: string }) => `0 to ${most}`,
    details: "Explanation and data",
    detailsOf: ({ title }: { readonly title: string }) => `Explanation and data: ${title}`,
    empty: "No data for this period.",
    until: "Until (UTC)"
  },
  charts: {
    requests: {
      title: "Requests per minute",
      meaning: "Average number of requests per minute, without probes of /health and scrapes of /metrics.",
      lines: ["Requests"]
    },
    trouble: {
      title: "Errors and throttled",
      meaning:
        "Errors: requests that failed because of the server (status 500 and above); the log has the cause of each. Throttled: requests above a rate limit (status 429).",
      lines: ["Errors", "Throttled"]
    },
    duration: {
      title: "Response time",
      meaning: "95th percentile and median of the response time. Up to 100 ms feels instant.",
      lines: ["95th percentile", "Median"]
    },
    connections: {
      title: "Database connections",
      meaning:
        "In use: the most connections in use at the same time. Waiting: callers without a free connection. Short waits under load are normal; permanent waiting is not.",
      lines: ["In use", "Waiting"]
    },
    "event-loop": {
      title: "Longest stall",
      meaning:
        "Longest delay of the event loop within one minute. The server handles no request during a stall. Visitors notice stalls above one second.",
      lines: ["Longest stall"]
    },
    cpu: {
      title: "CPU",
      meaning: "Share of one core. The threads of the database can raise it above 100 %.",
      lines: ["Used"]
    },
    memory: {
      title: "Memory",
      meaning:
        "Total: resident memory of the process. Heap: memory of JavaScript objects. A line that keeps rising indicates a leak.",
      lines: ["Total", "Heap"]
    },
    disk: {
      title: "Free disk space",
      meaning:
        "Free space on the disk of the data directory. Below 268 MB the site is degraded. When the disk is full, reading still works and writes fail with an error.",
      lines: ["Free"]
    },
    wal: {
      title: "Write-ahead log",
      meaning:
        "Size of the database's write-ahead log. Above 17 MB, StarPunk checkpoints it when readers pause; above 67 MB, it logs which caller prevents the checkpoint.",
      lines: ["Size"]
    },
    log: {
      title: "Log lines lost",
      meaning: "Log lines dropped because the output was full, closed or too slow.",
      lines: ["Lost"]
    }
  } satisfies Readonly<Record<string, ChartTexts>>,
  now: {
    title: "Current state",
    unknown: "unknown",
    running: ({ age, version }: { readonly age: string; readonly version: string }) => `${version}, running for ${age}`,
    lastCheck: "Last check",
    search: "Search",
    database: "Database",
    media: "Media",
    sessions: "Sessions",
    backup: "Latest backup",
    lines: "Log lines written",
    searchOff: "turned off",
    searchIndex: "full-text index",
    searchFallback: "fallback, without the full-text index",
    searchPending: ({ count, words }: { readonly count: string; readonly words: string }) =>
      `${words}; posts to be indexed: ${count}`,
    backupOff: "off: set STARPUNK_BACKUP_DIRECTORY to turn on",
    backupNone: "none yet",
    ago: ({ age }: { readonly age: string }) => `${age} ago`,
    lessThanAMinute: "less than a minute"
  }
}

/** Texts of a chart. */
interface ChartTexts {
  readonly title: string
  /** Explains the chart to people without experience. */
  readonly meaning: string
  /** Labels of its lines. */
  readonly lines: ReadonlyArray<string>
}
