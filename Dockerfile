# The StarPunk image. docs/deployment/container.md describes how to run it.

FROM node:24-bookworm-slim AS build
# For the SQLite driver, if npm cannot download a prebuilt one.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates g++ make python3 \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/starpunk
COPY . .
# Installs, builds (`prepare`), and drops what only the build needed.
RUN npm ci --no-audit --no-fund && npm prune --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:24-bookworm-slim
ENV NODE_ENV=production \
    STARPUNK_ENV=production \
    STARPUNK_HOST=0.0.0.0 \
    STARPUNK_DATA_PATH=/data
WORKDIR /opt/starpunk
COPY --from=build /opt/starpunk/package.json /opt/starpunk/LICENSE ./
COPY --from=build /opt/starpunk/dist ./dist
COPY --from=build /opt/starpunk/node_modules ./node_modules
# Group 0 may write, for platforms that choose the user of a container.
RUN ln -s /opt/starpunk/dist/starpunk.js /usr/local/bin/starpunk \
    && install -d -o 10001 -g 0 -m 0770 /data
USER 10001:0
VOLUME ["/data"]
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["starpunk", "healthcheck"]
# The server is process 1. It handles SIGTERM and leaves no children to reap.
ENTRYPOINT ["node", "--max-semi-space-size=4", "/opt/starpunk/dist/starpunk.js"]
CMD ["serve"]
