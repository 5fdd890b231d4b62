# The production server of docs/serve.md.
FROM node:24-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.types.json ./
COPY lib ./lib
COPY functions ./functions
COPY infra ./infra
COPY cli ./cli
COPY inspector ./inspector
COPY test/fixtures ./test/fixtures
RUN node --import tsx infra/bundle.ts

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /build/dist/server ./
USER node
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=3s --start-period=10s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node is the first process and hears SIGTERM itself. Nearly all that is read of bodies is garbage at once:
# collected early, it takes half of the memory. Collected earlier still, it slows down small deliveries.
CMD ["node", "--max-semi-space-size=8", "--heap-growing-percent=10", "--enable-source-maps", "index.js"]
