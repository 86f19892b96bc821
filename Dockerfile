# Site and Datasette in one image. `docker build -t openplans .` builds the site from the data in this folder.
#
# The base is pinned by its digest, that of the index for all platforms; the workflow of a release finds out whether it is
# still there. For a newer one: `docker buildx imagetools inspect python:<version>-slim-bookworm`.

FROM python:3.12.11-slim-bookworm@sha256:519591d6871b7bc437060736b9f7456b8731f1499a57e22e6c285135ae657bf7 AS build
WORKDIR /src
COPY requirements.txt ./
RUN python -m pip install --no-cache-dir --require-hashes -r requirements.txt
COPY build.py mkdocs.yml ./
COPY openplans openplans
COPY templates templates
COPY datapackages datapackages
COPY docs docs
COPY LICENSE README.md README.zh-CN.md CHANGELOG.md ./
ARG BASE_URL=""
RUN python build.py site --datasette db/ ${BASE_URL:+--base-url "$BASE_URL"}

FROM python:3.12.11-slim-bookworm@sha256:519591d6871b7bc437060736b9f7456b8731f1499a57e22e6c285135ae657bf7
LABEL org.opencontainers.image.title="Open Plans" org.opencontainers.image.licenses="MIT AND CC-BY-4.0"
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 HOST=0.0.0.0 PORT=8001 WORKERS=2
WORKDIR /srv/openplans
COPY requirements-serve.txt ./
RUN python -m pip install --no-cache-dir --require-hashes -r requirements-serve.txt \
 && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin openplans
# Owned by root: the server can read its own files, and write none.
COPY openplans openplans
COPY templates/datasette templates/datasette
COPY --from=build /src/site site
USER 10001
EXPOSE 8001
HEALTHCHECK --interval=30s --timeout=5s --start-period=120s --retries=3 \
  CMD ["python", "-c", "import http.client, os; c = http.client.HTTPConnection('127.0.0.1', int(os.environ['PORT']), timeout=4); c.request('GET', '/db/openplans/plans.json?_size=1'); raise SystemExit(c.getresponse().status != 200)"]
CMD ["python", "-m", "openplans.server"]
